"""The thin edge: our ports spoken in Google's REST through gspread and google-api-python-client."""

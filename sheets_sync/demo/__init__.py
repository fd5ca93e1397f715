"""The invented school: respondents and staff who act through pages and the API, never through our code."""

"""Forgetting a person: what holds them, what is erased, what keeps them from coming back."""

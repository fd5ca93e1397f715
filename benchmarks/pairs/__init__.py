"""How fast and how well pairs are found, beside other programs that pair people."""

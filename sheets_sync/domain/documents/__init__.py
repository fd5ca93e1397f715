"""Orders and papers: what a template is made of, when a draft is due, and what stands in it."""

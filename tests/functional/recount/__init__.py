"""An independent recount of the demo, sharing no code with the product."""

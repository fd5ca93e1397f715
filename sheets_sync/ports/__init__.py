"""What the rules need of the outside world, as protocols: `read` looks, `write` changes."""

"""When jobs run, and how that is written for the schedulers of three systems."""

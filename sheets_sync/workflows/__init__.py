"""The jobs' steps: read through the ports, decide with the rules, return a plan."""

"""The computer around a run: its schedulers, the lock of one run at a time, the record, the heartbeat."""

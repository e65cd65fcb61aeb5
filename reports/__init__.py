"""What is said of a run: pure functions over results."""

"""What the quality system answers to."""

"""What is due today leaves at once by the channels of whom it is for, without waiting for the digest."""

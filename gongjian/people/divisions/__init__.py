"""Areas taken from the register of divisions."""

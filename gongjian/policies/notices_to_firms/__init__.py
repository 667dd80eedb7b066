"""What goes out from a policy (政策送达): notices to firms, a missing datum handed over."""

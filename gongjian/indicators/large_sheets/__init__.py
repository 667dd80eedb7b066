"""A large sheet of figures is worked through beside the requests: it is received, tells how far it is, and may be given up."""

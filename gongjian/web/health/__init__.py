"""Is the service up? One address for load balancers and monitoring; no sign-in, no session, no personal data."""

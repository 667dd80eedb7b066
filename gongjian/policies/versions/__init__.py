"""Versions of a policy (版本): drafted, proposed, signed, retired."""

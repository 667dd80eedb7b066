"""Slips of one-time passwords (密码条) for imported accounts: made and handed out in one moment, kept nowhere."""

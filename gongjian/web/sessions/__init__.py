"""Where one is signed in (登录会话), and the tries to sign in (登录记录)."""

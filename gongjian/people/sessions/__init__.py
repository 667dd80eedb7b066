"""Who is signed in, from where and since when (登录会话); a session ends by rest, by age, by signing out or by its holder elsewhere."""

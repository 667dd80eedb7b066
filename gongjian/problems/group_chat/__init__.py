"""The text for the group chat (群消息): one matter, one visit, what is due today."""

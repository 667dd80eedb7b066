"""Extensions of time (延期): requested, granted or refused."""

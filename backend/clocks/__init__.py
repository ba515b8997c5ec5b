"""How long what may take by law, and on which days courts work. Other features ask `register.due_on()` in SQL."""

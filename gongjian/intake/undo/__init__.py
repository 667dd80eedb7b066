"""Taking a confirmation back on the day it was made (撤销确认)."""

"""What an account chose lately in pick lists (最近用过): units, persons, firms. It orders a list, and proves nothing."""

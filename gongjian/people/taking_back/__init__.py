"""Taking back the registration of an area, a unit, a person, a post or a term of office on which nothing hangs (撤销登记)."""

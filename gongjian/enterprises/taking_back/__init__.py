"""Taking back the registration of a firm, a contact or a pairing on which nothing hangs (撤销登记)."""

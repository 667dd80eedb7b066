"""新建 inside a pick list: one record is registered beside the form that is being filled, which keeps what was typed."""

"""What must hold and who may: access, locks, constraints, transitions. Pure decisions on loaded values."""

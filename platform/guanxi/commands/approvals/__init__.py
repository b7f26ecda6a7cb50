"""What commands share about approvals: carrying an event into an instance, and showing it."""

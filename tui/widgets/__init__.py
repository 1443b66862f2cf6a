"""What is seen: each widget gets data pushed down and sends small messages up."""

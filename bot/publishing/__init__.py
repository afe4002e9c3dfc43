"""What leaves the desk: the chart of the week, exports, published reviews."""

"""What a State says of the recommendations it received, in addenda and in the cells of matrices."""

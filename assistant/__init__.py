"""What is asked and answered: question -> plan -> evidence -> verified, cited answer."""

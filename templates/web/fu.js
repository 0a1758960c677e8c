/* w */ var C = /*CONFIG*/{};

/* A page that changes its address without being loaded. */
"use strict";
const tour = document.getElementById("tour");
if (tour)
	tour.addEventListener("click", () => {
		history.pushState(null, "", "/tour");
		document.getElementById("here").textContent = "You are on the tour.";
	});

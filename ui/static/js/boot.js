// Runs before the first paint: what only works with JavaScript is shown only with JavaScript.
document.documentElement.classList.add("js");

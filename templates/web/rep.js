/* A rep's page, live: what was said since is put in without a reload.  The
 * page works without this. */
(function () {
	"use strict";
	var live = document.getElementById("live");
	if (!live) return;
	function look() {
		if (document.visibilityState !== "visible") return;
		fetch(location.href, { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" })
			.then(function (r) { return r.ok ? r.text() : null; })
			.then(function (text) {
				if (!text) return;
				var d = new DOMParser().parseFromString(text, "text/html"), busy = false;
				var now = d.getElementById("live");
				if (!now) return;
				/* What is being written is left alone: only the talk is new. */
				live.querySelectorAll("textarea").forEach(function (t) { busy = busy || t.value !== "" || t === document.activeElement; });
				if (!busy && now.innerHTML !== live.innerHTML && !live.contains(document.activeElement)) {
					var open = Array.prototype.map.call(live.querySelectorAll("details[open]"), function (x) { return x.closest("article").id; });
					live.replaceChildren.apply(live, now.childNodes);
					open.forEach(function (i) { var a = document.getElementById(i); if (a) a.querySelector("details").open = true; });
					return;
				}
				now.querySelectorAll(".talk").forEach(function (t) {
					var mine = document.getElementById(t.id);
					if (mine && mine.innerHTML !== t.innerHTML) mine.replaceChildren.apply(mine, t.childNodes);
				});
			}).catch(function () { });
	}
	setInterval(look, 1500);
})();

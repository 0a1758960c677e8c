/*
 * The chat on a site.  One <script async src="https://fu.example.com/fu.js">,
 * nothing else; works under
 *   default-src 'none'; script-src HOST; connect-src HOST
 *
 * Stores nothing and is nobody until the visitor agrees; what they are called
 * lives in a variable until then.
 */
(function () {
	"use strict";
	var C = /*CONFIG*/{};
	var D = document, W = window, N = navigator;
	var me = D.currentScript;
	if (!me || W.fu) return;
	var base = new URL(me.src).origin, KEY = "fu";
	var DAY = 864e5, ASK = 180 * DAY, KEEP = 395 * DAY, AGAIN = 18e5;
	var token = null, link = null, kept = false, answered = false;
	var gpc = N.globalPrivacyControl === true;

	/* ---- what is stored, with consent alone ---- */

	function load() {
		var s = null;
		try { s = JSON.parse(localStorage.getItem(KEY)); } catch (e) { }
		if (!s) return;
		/* It is not prolonged by visits. */
		if (s.v && Date.now() - s.t > KEEP) { forget(); return; }
		if (gpc) { forget(); return; }
		if (s.v) { token = s.v; kept = answered = true; }
		else answered = Date.now() - s.t < ASK;
	}
	function save(s) {
		try { localStorage.setItem(KEY, JSON.stringify(s)); } catch (e) { }
	}
	function forget() {
		try { localStorage.removeItem(KEY); } catch (e) { }
	}
	function stored(name, value) {
		var s;
		try { s = JSON.parse(localStorage.getItem(KEY)) || {}; } catch (e) { return; }
		if (value === undefined) return s[name];
		if (!kept) return;
		s[name] = value;
		save(s);
	}

	/* ---- asking the server ---- */

	function id() {
		var a = new Uint8Array(12), s = "";
		crypto.getRandomValues(a);
		for (var i = 0; i < a.length; i++) s += (256 + a[i]).toString(16).slice(1);
		return s;
	}
	function post(path, body, ms) {
		var h = { "Content-Type": "application/json" };
		var stop = W.AbortController ? new AbortController() : null;
		var timer = stop && setTimeout(function () { stop.abort(); }, ms || 15000);
		if (token) h["X-Fu-Visitor"] = token;
		return fetch(base + path, { method: "POST", headers: h, mode: "cors",
			credentials: "omit", referrerPolicy: "no-referrer",
			keepalive: path === "/v1/visit", cache: "no-store",
			body: JSON.stringify(body), signal: stop ? stop.signal : undefined
		}).then(function (r) {
			return r.json().catch(function () { return {}; }).then(function (o) {
				o.status = r.status;
				if (o.visitor) {
					token = o.visitor;
					if (kept) stored("v", token);
				}
				return o;
			});
		}).finally(function () { clearTimeout(timer); });
	}

	/* ---- visits ---- */

	var page = null, visible = 0, since = 0, touched = false, told = false, timer = 0;

	function here() { return location.href.split("#")[0]; }
	function before(url) {
		var p = stored("p") || {}, now = Date.now();
		return p[url] && now - p[url] < AGAIN;
	}
	function note(url) {
		var p = stored("p") || {}, now = Date.now(), k;
		for (k in p) if (now - p[k] >= AGAIN) delete p[k];
		p[url] = now;
		stored("p", p);
	}
	function arrive() {
		if (page && page.url === here()) return;
		page = { url: here(), id: id() };
		visible = 0; touched = told = false;
		since = D.visibilityState === "visible" ? Date.now() : 0;
		report("hit");
		tick();
	}
	function report(verdict) {
		var b = { verdict: verdict, url: page.url, id: page.id };
		if (verdict === "visit" && link) b.link = link;
		post("/v1/visit", b).then(function (o) {
			if (verdict === "visit" && o.status === 200 &&
			    (link || (kept && stored("c")))) greet();
		}).catch(function () { });
	}
	function tick() {
		clearTimeout(timer);
		if (told || !page) return;
		var ms = visible + (since ? Date.now() - since : 0);
		if (ms >= 2000 && touched) {
			told = true;
			if (before(page.url)) return;
			note(page.url);
			report("visit");
			return;
		}
		if (since) timer = setTimeout(tick, Math.max(50, ms < 2000 ? 2000 - ms : 500));
	}
	function seen() {
		if (D.visibilityState === "visible") { if (!since) since = Date.now(); tick(); }
		else if (since) { visible += Date.now() - since; since = 0; clearTimeout(timer); }
	}
	function input(e) { if (e.isTrusted && !touched) { touched = true; tick(); } }
	function watch() {
		["pointerdown", "keydown", "touchstart", "wheel", "scroll"].forEach(function (n) {
			addEventListener(n, input, { passive: true, capture: true });
		});
		D.addEventListener("visibilitychange", seen);
		["pushState", "replaceState"].forEach(function (n) {
			var f = history[n];
			history[n] = function () {
				var r = f.apply(this, arguments);
				setTimeout(arrive, 0);
				return r;
			};
		});
		addEventListener("popstate", function () { setTimeout(arrive, 0); });
		D.addEventListener("click", clicked, true);
		D.addEventListener("submit", submitted, true);
		arrive();
	}

	/* ---- what is marked with data-fu-event ---- */

	function act(kind, more) {
		more.event = kind;
		more.url = here();
		more.id = id();
		post("/v1/visit", more).catch(function () { });
	}
	function clicked(e) {
		var t = e.target.closest && e.target.closest("[data-fu-event]");
		if (!t || !e.isTrusted || t.tagName === "FORM") return;
		act(t.getAttribute("data-fu-event"), { document: t.getAttribute("data-fu-document") || t.href || undefined });
	}
	function submitted(e) {
		var f = e.target, fields = {}, n = 0;
		if (!f.matches || !f.matches("[data-fu-event]")) return;
		Array.prototype.forEach.call(f.elements, function (x) {
			if (!x.name || n > 30 || /^(password|hidden|file|submit|button)$/.test(x.type) ||
			    /^cc-/.test(x.autocomplete) || ((x.type === "checkbox" || x.type === "radio") && !x.checked)) return;
			if (x.value) { fields[x.name] = String(x.value).slice(0, 500); n++; }
		});
		act(f.getAttribute("data-fu-event") || "form", { name: f.name || f.id || undefined, fields: fields });
	}

	/* ---- the chat ---- */

	var css = ":host{all:initial;position:fixed;right:16px;bottom:16px;z-index:2147483000;" +
	"font:16px/1.45 system-ui,sans-serif;color-scheme:light dark;--bg:#fff;--fg:#1c1e21;--soft:#f0f2f5;--line:#767b82;--main:#0b57d0;--on:#fff;--dim:#56595e}" +
	"@media(prefers-color-scheme:dark){:host{--bg:#1d1f23;--fg:#eceef1;--soft:#2c2f35;--line:#8b9199;--main:#8ab4f8;--on:#10131a;--dim:#b4b9c1}}" +
	"*{box-sizing:border-box}[hidden]{display:none!important}" +
	"button,textarea{font:inherit;color:inherit}" +
	"button{border:1px solid var(--line);border-radius:8px;background:var(--bg);padding:8px 14px;min-height:44px;cursor:pointer}" +
	".m{background:var(--main);color:var(--on);border-color:var(--main)}" +
	":focus-visible{outline:3px solid var(--main);outline-offset:2px}" +
	".o{border-radius:26px;padding:12px 20px;box-shadow:0 2px 10px #0005;font-weight:600}" +
	".b{background:#b3261e;color:#fff;border-radius:10px;padding:0 7px;margin-left:8px;font-size:13px}" +
	".p{position:fixed;right:16px;bottom:16px;width:min(380px,calc(100vw - 32px));height:min(600px,calc(100vh - 32px));height:min(600px,calc(100dvh - 32px));" +
	"display:flex;flex-direction:column;background:var(--bg);color:var(--fg);border:1px solid var(--line);border-radius:14px;box-shadow:0 6px 30px #0006;overflow:hidden}" +
	"@media(max-width:480px){.p{inset:0;width:100vw;height:100vh;height:100dvh;border:0;border-radius:0}}" +
	".h{display:flex;align-items:center;gap:8px;padding:8px 8px 8px 16px;border-bottom:1px solid var(--line)}.h h2{font-size:16px;margin:0;flex:1}" +
	".h p{margin:0;font-size:13px;color:var(--dim);font-weight:400}" +
	".h button{border:0;font-size:22px;line-height:1;width:44px;padding:0}" +
	".l{flex:1;overflow-y:auto;padding:12px 16px;margin:0;list-style:none;overscroll-behavior:contain}" +
	".l li{margin:0 0 10px;max-width:88%;padding:8px 12px;border-radius:12px;background:var(--soft);overflow-wrap:anywhere;white-space:pre-wrap;width:fit-content}" +
	".l li.y{margin-left:auto;background:var(--main);color:var(--on)}.l li.n{background:none;color:var(--dim);padding:0;font-size:14px}" +
	".l b{display:block;font-size:13px;color:var(--dim)}.l a{color:var(--main)}.l .s{display:block;font-size:14px;margin-top:6px}" +
	".c a{color:var(--main)}.v{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}" +
	".c,.w{padding:10px 16px;border-top:1px solid var(--line);font-size:14px}.c p{margin:0 0 8px}.c div{display:flex;gap:8px}.c div button{flex:1}" +
	".w{background:#8c1d18;color:#fff}" +
	"form{display:flex;gap:8px;padding:10px;border-top:1px solid var(--line);align-items:flex-end}" +
	"textarea{flex:1;resize:none;border:1px solid var(--line);border-radius:8px;padding:9px;background:var(--bg);min-height:44px;max-height:120px}" +
	"@media(prefers-reduced-motion:no-preference){.t i{animation:f 1.2s infinite}.t i+i{animation-delay:.2s}.t i+i+i{animation-delay:.4s}@keyframes f{50%{opacity:.2}}}";

	var host, root, ui = {}, open = false, began = false, unread = 0, after = 0;
	var shown = false, waiting = false, listens = false, lost = false, greeted = false, said = false;

	function el(tag, cls, text, more) {
		var e = D.createElement(tag), k;
		if (cls) e.className = cls;
		if (text) e.textContent = text;
		for (k in more || {}) e.setAttribute(k, more[k]);
		return e;
	}
	function add(p) { for (var i = 1; i < arguments.length; i++) p.appendChild(arguments[i]); return p; }

	function build() {
		host = D.createElement("div");
		host.id = "fu-chat";
		root = host.attachShadow({ mode: "open" });
		var sheet = new CSSStyleSheet();
		sheet.replaceSync(css);
		root.adoptedStyleSheets = [sheet];
		ui.open = el("button", "o m", "Chat", { type: "button", "aria-expanded": "false", "aria-haspopup": "dialog" });
		ui.badge = el("span", "b");
		ui.badge.hidden = true;
		ui.open.appendChild(ui.badge);
		ui.panel = el("section", "p", "", { role: "dialog", "aria-labelledby": "t", "aria-modal": "false" });
		ui.panel.hidden = true;
		var head = el("div", "h"), title = el("h2", "", C.name || "Chat", { id: "t" });
		title.appendChild(el("p", "", "Automated assistant"));
		ui.close = el("button", "", "\u00d7", { type: "button", "aria-label": "Close the chat" });
		ui.list = el("ol", "l", "", { role: "log", "aria-live": "polite", "aria-label": "Conversation", tabindex: "0" });
		ui.lost = el("div", "w", "", { role: "alert" });
		ui.lost.hidden = true;
		ui.ask = el("div", "c", "", { role: "group", "aria-label": "Your choice" });
		ui.ask.hidden = true;
		ui.wording = "May we remember this browser, so that you need not begin anew next time? Without a yes only your answer is kept.";
		ui.yes = el("button", "", "Yes", { type: "button" });
		ui.no = el("button", "", "No", { type: "button" });
		add(ui.ask, el("p", "", ui.wording), add(el("div"), ui.yes, ui.no));
		if (C.privacy) {
			var a = el("a", "", "Privacy notice", { href: C.privacy, target: "_blank", rel: "noopener noreferrer" });
			ui.ask.firstChild.appendChild(D.createTextNode(" "));
			ui.ask.firstChild.appendChild(a);
		}
		var form = el("form");
		ui.label = el("label", "v", "Your message", { "for": "x" });
		ui.text = el("textarea", "", "", { id: "x", rows: "1", maxlength: "2000", placeholder: "Your message", enterkeyhint: "send" });
		ui.send = el("button", "m", "Send", { type: "submit" });
		add(form, ui.label, ui.text, ui.send);
		add(head, title, ui.close);
		add(ui.panel, head, ui.list, ui.lost, ui.ask, form);
		add(root, ui.open, ui.panel);
		ui.open.addEventListener("click", show);
		ui.close.addEventListener("click", hide);
		ui.yes.addEventListener("click", function () { agree(true); });
		ui.no.addEventListener("click", function () { agree(false); });
		ui.panel.addEventListener("keydown", function (e) { if (e.key === "Escape") hide(); e.stopPropagation(); });
		form.addEventListener("submit", function (e) { e.preventDefault(); say(); });
		ui.text.addEventListener("keydown", function (e) {
			if (e.key === "Enter" && !e.shiftKey && !e.isComposing) { e.preventDefault(); say(); }
		});
		D.body.appendChild(host);
	}
	function show() {
		open = true;
		unread = 0;
		ui.badge.hidden = true;
		ui.panel.hidden = false;
		ui.open.hidden = true;
		ui.open.setAttribute("aria-expanded", "true");
		ui.text.focus();
		begin();
	}
	function hide() {
		open = false;
		ui.panel.hidden = true;
		ui.open.hidden = false;
		ui.open.setAttribute("aria-expanded", "false");
		ui.open.focus();
	}
	function put(from, text, name, sources) {
		var li = el("li", from === "prospect" ? "y" : from === "note" ? "n" : "");
		if (from === "rep") li.appendChild(el("b", "", name || "A colleague"));
		else if (from !== "note") li.appendChild(el("span", "v", from === "prospect" ? "You: " : (C.name || "Assistant") + ": "));
		words(li, text);
		(sources || []).forEach(function (s) {
			if (!/^https?:/.test(s.url || "") || text.indexOf(s.url) >= 0) return;
			li.appendChild(add(el("span", "s"), el("a", "", s.title || s.url, { href: s.url, rel: "noopener" })));
		});
		ui.list.appendChild(li);
		ui.list.scrollTop = ui.list.scrollHeight;
		if (!open && from !== "prospect" && from !== "note") {
			unread++;
			ui.badge.textContent = unread;
			ui.badge.setAttribute("aria-label", unread + " new");
			ui.badge.hidden = false;
		}
		return li;
	}
	/* Text, and addresses as links: never markup. */
	function words(li, text) {
		text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/).forEach(function (t, i) {
			if (i % 2) li.appendChild(el("a", "", t, { href: t, rel: "noopener" }));
			else if (t) li.appendChild(D.createTextNode(t));
		});
	}
	function typing(on) {
		if (on && !ui.typing) {
			ui.typing = el("li", "t", "", { "aria-hidden": "true" });
			add(ui.typing, el("i", "", "\u2022 "), el("i", "", "\u2022 "), el("i", "", "\u2022"));
			ui.list.appendChild(ui.typing);
			ui.list.scrollTop = ui.list.scrollHeight;
		} else if (!on && ui.typing) {
			ui.typing.remove();
			ui.typing = null;
		}
	}
	function trouble(on) {
		if (on === lost) return;
		lost = on;
		ui.lost.hidden = !on;
		ui.lost.textContent = on ? "The connection is lost. We are trying again; what you wrote is kept." : "";
		if (!on) put("note", "The connection is back.");
	}

	/* A visit's first words: what was said already, else a greeting. */
	function begin() {
		if (began) return;
		began = true;
		if (!token) { greet(); return; }
		post("/v1/history", {}).then(function (o) {
			trouble(false);
			(o.messages || []).forEach(function (m) { put(m.from, m.text, m.name, m.sources); });
			if (!(o.messages || []).length) greet();
			after = o.after || after;
			shown = after > 0;
			listen();
		}).catch(function () { began = false; trouble(true); setTimeout(function () { if (open) begin(); }, 3000); });
	}
	function greet() {
		if (greeted) return;
		greeted = true;
		if (!token && !link) {
			/* Nobody has acted: our own words, and nothing is asked of the server. */
			if (C.says) put("bot", C.says + " What can I do for you?");
			said = true;
			return;
		}
		turn({ event: "return" });
	}
	/* What it is, it has said when the chat was opened. */
	function unsaid(text) {
		var n = C.says ? C.says.length : 0;
		return said && text.slice(0, n) === C.says && text.length > n + 1 ? text.slice(n).trim() : text;
	}
	function turn(b) {
		b.url = here();
		b.id = b.id || id();
		if (link) b.link = link;
		return post("/v1/chat", b, 30000).then(function (o) {
			typing(false);
			trouble(false);
			if (o.status === 429) { put("note", "That was quick. Please wait a moment, then send it again."); return false; }
			if (o.status >= 500) throw o;
			if (o.status !== 200) { put("note", "That could not be taken."); return true; }
			link = null;
			began = true;
			stored("c", 1);
			if (o.reply) put("bot", unsaid(o.reply), "", o.sources);
			else if (o.silent === "human_owned" && b.text && !waiting) {
				waiting = true;
				put("note", "A person has this conversation and will answer here.");
			}
			if (b.text && !answered && !gpc) { ui.ask.hidden = false; ui.list.scrollTop = ui.list.scrollHeight; }
			listen();
			return true;
		});
	}
	/* The same turn again, by the same id, until it is taken. */
	function deliver(b, n) {
		typing(true);
		return turn(b).catch(function () {
			typing(false);
			trouble(true);
			return new Promise(function (f) { setTimeout(f, Math.min(10000, 1000 * Math.pow(2, n))); })
				.then(function () { return deliver(b, n + 1); });
		});
	}
	var line = Promise.resolve();
	function say() {
		var text = ui.text.value.trim(), b;
		if (!text) return;
		ui.text.value = "";
		put("prospect", text);
		b = { text: text, id: id() };
		line = line.then(function () { return deliver(b, 0); }).catch(function () { });
	}
	function listen() {
		if (listens || !token) return;
		listens = true;
		(function again(n) {
			var t = token;
			post("/v1/words", { after: after, shown: shown }, 40000).then(function (o) {
				if (o.status !== 200) throw o;
				trouble(false);
				(o.words || []).forEach(function (w) { waiting = true; put("rep", w.text, w.name); });
				shown = (o.words || []).length > 0;
				if (shown) after = o.after;
				again(0);
			}).catch(function (e) {
				if (t === token && !(e && e.status)) trouble(true);
				setTimeout(function () { again(n + 1); }, Math.min(20000, 1000 * Math.pow(2, n)));
			});
		})(0);
	}

	/* ---- consent, and who they are ---- */

	function agree(yes) {
		if (ui.ask) { ui.ask.hidden = true; if (open) ui.text.focus(); }
		answered = true;
		if (!yes) {
			/* That they said no is all that may be kept of it. */
			kept = false;
			if (token || !gpc) post("/v1/consent", { granted: false, url: here() }).catch(function () { });
			save({ t: Date.now() });
			return Promise.resolve(false);
		}
		if (gpc) return Promise.resolve(false);
		return post("/v1/consent", { granted: true, wording: ui.wording, url: here() }).then(function (o) {
			kept = o.granted === true;
			if (!kept) return false;
			save({ v: token, t: Date.now(), c: began && token ? 1 : 0 });
			if (told) { note(page.url); report("visit"); }
			return true;
		}).catch(function () { return false; });
	}
	W.fu = {
		consent: function (yes) { return agree(yes === true); },
		identify: function (email, hmac) {
			return post("/v1/identify", { email: email, hmac: hmac }).then(function (o) { return o.known === true; });
		},
		open: function () { if (ui.panel && !open) show(); }
	};

	/* ---- links of messages: what they carry is taken out of the address ---- */

	function take(text, name) {
		var found = null, rest = text.slice(1).split("&").filter(function (x) {
			if (x.slice(0, name.length + 1) !== name + "=") return true;
			found = x.slice(name.length + 1);
			return false;
		}).join("&");
		return { found: found, rest: rest && text.charAt(0) + rest };
	}
	function arrivals() {
		var a = take(location.hash, "fu"), b = take(location.search, "fu"), c = take(a.rest || "", "fuc");
		if (!a.found && !b.found && !c.found) return;
		link = a.found || b.found;
		history.replaceState(history.state, "", location.pathname + b.rest + c.rest);
		if (c.found) confirmed(c.found);
	}
	/* The page of this site that is open in another tab may know who chats. */
	function others(then) {
		var line = W.BroadcastChannel && new BroadcastChannel("fu"), mine = id();
		if (!line) return then();
		line.onmessage = function (e) {
			if (e.data && e.data.ask && token) line.postMessage({ to: e.data.ask, v: token });
			if (e.data && e.data.to === mine && !token) token = e.data.v;
		};
		if (then && !token) line.postMessage({ ask: mine });
		setTimeout(then, token ? 0 : 400);
	}
	function confirmed(t) {
		setTimeout(function () {
			post("/confirm/" + t, {}).then(function (o) {
				show();
				put("note", o.confirmed === "yes" ? "Thank you: your address is confirmed." :
				    "That link could not be used here. Open it in the browser in which you wrote to us, or write to us once more.");
			}).catch(function () { });
		}, 600);
	}

	function start() {
		load();
		build();
		arrivals();
		others(function () { });
		watch();
	}
	function ready() {
		if (D.prerendering) D.addEventListener("prerenderingchange", ready, { once: true });
		else if (D.body) start();
		else D.addEventListener("DOMContentLoaded", start, { once: true });
	}
	ready();
})();

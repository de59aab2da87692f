// What every page does in the browser: header, language and theme, events of the parts, focus, copying, uploads.
(() => {
  const page = window.uprPage;
  const root = document.documentElement;
  root.lang = page.language;
  root.dir = page.direction;
  root.classList.add('upr');

  const remembered = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window */ } };
  const narrow = window.matchMedia('(max-width: 800px)');
  const over = window.matchMedia('(max-width: 1099px)');
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const setTheme = () => {
    const stored = remembered('upr-theme');
    for (const one of [root, document.body]) one?.classList.toggle('dark', stored ? stored === 'dark' : dark.matches);
  };
  setTheme(); // The body is not there yet; the ground must not flash.

  // One conversation a browser; the service keeps its turns, so a reload or another language shows them again.
  const newConversation = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(18));
    const id = btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_');
    remember('upr-conversation', id);
    page.conversation = id;
  };
  page.conversation = remembered('upr-conversation');
  if (!page.conversation) newConversation();

  const say = (text) => {
    const status = document.getElementById('upr-status');
    if (status) { status.textContent = ''; setTimeout(() => { status.textContent = text; }, 60); }
  };

  // What was sent is followed until a part is rendered anew. Where that takes long, the service is asked whether it
  // answers at all; where it does not, that is said, and a question goes back into its box.
  const LONG = 4000;
  let waiting = 0;
  let asked = '';
  const arrived = () => {
    clearTimeout(waiting);
    waiting = 0;
    document.getElementById('upr-offline')?.remove();
    for (const one of document.querySelectorAll('.waiting')) one.classList.remove('waiting');
  };
  const keepDraft = (text) => { try { sessionStorage.setItem('upr-draft', text); } catch { /* private window */ } };
  const takeDraft = () => {
    try {
      const text = sessionStorage.getItem('upr-draft') ?? '';
      sessionStorage.removeItem('upr-draft');
      return text;
    } catch { return ''; }
  };
  const putBack = () => {
    const area = document.getElementById('question');
    document.querySelector('.turn.sent')?.remove();
    document.body.classList.toggle('has-turns', Boolean(document.querySelector('.turn')));
    document.body.classList.remove('busy');
    if (area && asked && !area.value) {
      area.value = asked;
      grow(area);
    }
  };
  // A question is safe once its answer stands in the conversation; until then it outlives a page that is opened anew,
  // as Gradio does when the service is back.
  const settle = (question) => {
    if (!asked || question !== asked.trim()) return;
    const area = document.getElementById('question');
    if (area && area.value === asked) { area.value = ''; grow(area); }
    asked = '';
    takeDraft();
  };
  const lookAfter = async () => {
    let answers = false;
    try { answers = (await fetch('/api/health', {cache: 'no-store'})).ok; } catch { /* it does not */ }
    if (!waiting) return;
    const banner = document.getElementById('upr-offline');
    if (answers && banner) { arrived(); return; }
    if (answers && !document.querySelector('body.busy, .waiting')) { waiting = 0; return; }
    if (!answers && !banner) {
      const said = document.createElement('p');
      said.id = 'upr-offline';
      said.className = 'problem';
      said.setAttribute('role', 'alert');
      said.textContent = page.offline;
      document.body.append(said);
      putBack();
    }
    waiting = setTimeout(lookAfter, LONG);
  };
  const sent = () => { clearTimeout(waiting); waiting = setTimeout(lookAfter, LONG); };

  // A question stands in the conversation at once; the service's own rendering takes its place.
  const showSent = (text) => {
    asked = text;
    keepDraft(text);
    const thread = document.querySelector('.thread');
    if (!thread) return;
    const turn = document.createElement('article');
    turn.className = 'turn sent';
    const question = document.createElement('h2');
    question.className = 'asked';
    const words = document.createElement('span');
    words.className = 'asked-text';
    words.dir = 'auto';
    words.textContent = text.trim();
    question.append(words);
    const looking = document.createElement('p');
    looking.className = 'thinking';
    looking.innerHTML = '<span class="pulse" aria-hidden="true"></span>';
    looking.append(page.thinking);
    turn.append(question, looking);
    thread.append(turn);
    document.body.classList.add('has-turns', 'busy');
    turn.scrollIntoView({block: 'start'});
  };

  // Panels (a source, a recommendation): beside the page, or a sheet on a phone; Escape and Close give the focus back.
  let opener = null;
  const byKey = (within, key) => (key ? within.querySelector(`[data-key="${CSS.escape(key)}"]`) : null);
  const closePanel = () => {
    if (!document.body.classList.contains('panel-open')) return;
    document.body.classList.remove('panel-open');
    const again = opener && (opener.isConnected ? opener : byKey(document, opener.dataset.key));
    if (again) again.focus();
  };
  const openPanel = (panel) => {
    document.body.classList.add('panel-open');
    const box = panel.querySelector('.panel-body') ?? panel;
    const mark = panel.querySelector('mark');
    box.scrollTop = mark ? Math.max(0, mark.offsetTop - box.clientHeight / 3) : 0;
    panel.focus({preventScroll: true});
  };

  const copy = async (button) => {
    const said = button.closest('.actions')?.querySelector('.said');
    let done = true;
    try { await navigator.clipboard.writeText(button.dataset.text); } catch {
      const area = document.createElement('textarea');
      area.value = button.dataset.text;
      document.body.append(area);
      area.select();
      done = document.execCommand('copy');
      area.remove();
    }
    if (said && done) { said.textContent = said.dataset.copied; setTimeout(() => { said.textContent = ''; }, 2000); }
  };

  const queryOf = (form) => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== '' && typeof value === 'string') query.append(name, value);
    return query.toString();
  };
  const grow = (area) => { area.style.height = 'auto'; if (area.value) area.style.height = `${Math.min(area.scrollHeight, 180)}px`; };
  const upload = (form, send) => {
    const files = [...form.elements.file.files];
    const status = form.querySelector('.upload-status');
    if (!files.length) return;
    const body = new FormData();
    for (const file of files) body.append('file', file, file.name);
    const request = new XMLHttpRequest();
    const button = form.querySelector('button[type=submit]');
    const finish = (text) => { status.textContent = text; button.disabled = false; };
    request.open('POST', '/api/documents?wait=false');
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) status.textContent = `${form.dataset.sending} ${Math.round(100 * event.loaded / event.total)} %`;
    });
    request.addEventListener('load', () => {
      let said = {};
      try { said = JSON.parse(request.responseText); } catch { /* not JSON: the status says enough */ }
      if (request.status < 300) { form.reset(); shownFiles(form); finish(''); send({do: 'added'}); return; }
      finish(said.error ? `${said.error.message} ${said.error.remedy}` : `${form.dataset.failed} (${request.status})`);
    });
    request.addEventListener('error', () => finish(form.dataset.failed));
    button.disabled = true;
    request.send(body);
  };
  const shownFiles = (form) => {
    const names = [...form.elements.file.files].map((file) => file.name);
    form.querySelector('.upload-names').textContent = names.join(', ');
    form.querySelector('button[type=submit]').disabled = !names.length;
  };

  // Parts are rendered anew by the service; what was open, focused or scrolled in them stays so.
  const keep = (element) => {
    const state = {open: {}, scroll: {}, find: {}, focus: null, next: null};
    for (const one of element.querySelectorAll('details[data-key]')) state.open[one.dataset.key] = one.open;
    for (const one of element.querySelectorAll('[data-scroll]')) state.scroll[one.dataset.scroll] = one.scrollTop;
    for (const one of element.querySelectorAll('[data-find]')) state.find[one.dataset.find] = one.value;
    const active = document.activeElement;
    if (active && element.contains(active)) {
      state.focus = active.dataset.key ?? null;
      state.next = active.dataset.next ?? null;
    }
    return state;
  };
  const restore = (element, state) => {
    if (!state) return;
    for (const one of element.querySelectorAll('details[data-key]')) if (one.dataset.key in state.open) one.open = state.open[one.dataset.key];
    for (const one of element.querySelectorAll('[data-find]')) if (state.find[one.dataset.find]) { one.value = state.find[one.dataset.find]; find(one); }
    for (const one of element.querySelectorAll('[data-scroll]')) one.scrollTop = state.scroll[one.dataset.scroll] ?? 0;
    if ((state.focus || state.next) && (document.activeElement === document.body || !document.activeElement)) {
      (byKey(element, state.focus) ?? byKey(element, state.next))?.focus({preventScroll: true});
    }
    // A list shows what the service says is chosen, not what was chosen in its place before.
    for (const one of element.querySelectorAll('select[data-do]')) {
      one.selectedIndex = Math.max(0, [...one.options].findIndex((option) => option.defaultSelected));
    }
  };
  const find = (input) => {
    const words = input.value.trim().toLocaleLowerCase(page.language);
    for (const one of input.closest('details').querySelectorAll('[data-name]')) {
      one.hidden = words !== '' && !one.dataset.name.toLocaleLowerCase(page.language).includes(words);
    }
  };

  let turns = 0;
  const shown = (element) => {
    const list = element.querySelector('[data-query]');
    if (list) {
      const address = location.pathname + (list.dataset.query ? `?${list.dataset.query}` : '');
      if (address !== location.pathname + location.search) {
        history[page.placed ? 'pushState' : 'replaceState'](history.state, '', address);
      }
      page.placed = true;
    }
    const thread = element.querySelector('[data-turns]');
    if (thread) {
      const count = Number(thread.dataset.turns);
      document.body.classList.toggle('has-turns', count > 0);
      const export_ = document.getElementById('upr-export');
      if (export_) export_.href = `/api/conversations/${page.conversation}/export`;
      for (const link of thread.querySelectorAll('[data-rows]')) {
        link.href = `/api/conversations/${page.conversation}/answers/${link.dataset.rows}/recommendations?format=${link.dataset.format}`;
      }
      const last = thread.querySelector('.turn:last-of-type');
      if (count > turns && last) last.scrollIntoView({block: 'start'});
      if (last && !thread.dataset.busy && count !== turns) say(last.querySelector('.answer-text')?.innerText.slice(0, 300) ?? '');
      if (!thread.dataset.busy) { turns = count; settle(last?.querySelector('.asked-text')?.textContent); }
      document.body.classList.toggle('busy', Boolean(thread.dataset.busy));
    }
    const panel = element.querySelector('[data-panel]');
    if (panel) openPanel(panel);
    const named = element.querySelector('[data-title]');
    if (named) document.title = `${named.dataset.title} – ${page.brand}`;
    const facets = element.querySelector('details[data-key=facets]');
    if (facets && !page.folded) { page.folded = true; facets.open = !narrow.matches; }
    for (const area of element.querySelectorAll('textarea')) grow(area);
  };

  window.uprWire = (element, trigger, watch) => {
    let state = null;
    let turned = false;
    const ask = (text) => {
      if (!text.trim() || document.body.classList.contains('busy')) return false;
      send({do: 'ask', text});
      showSent(text);
      return true;
    };
    const send = (data) => {
      state = keep(element);
      sent();
      if (data.do === 'show') element.querySelector('.listed')?.classList.add('waiting');
      trigger('click', {...data, conversation: page.conversation, narrow: narrow.matches ? '1' : ''});
    };
    element.addEventListener('click', (event) => {
      const button = event.target.closest('button[data-do], a[data-do]');
      if (!button || !element.contains(button)) return;
      const d = {...button.dataset};
      if (button.tagName === 'A') { if (event.ctrlKey || event.metaKey || event.shiftKey) return; event.preventDefault(); }
      if (d.do === 'copy') { copy(button); return; }
      if (d.do === 'close') { closePanel(); return; }
      if (d.confirm && !window.confirm(d.confirm)) return;
      if (d.panel !== undefined || d.do === 'source' || d.do === 'open') {
        if (!button.closest('.panel')) opener = button;
        button.classList.add('waiting');
      }
      turned = button.closest('.pager') !== null;
      if (d.do === 'ask') { ask(d.text); return; }
      if (d.do === 'fresh') { newConversation(); turns = 0; closePanel(); document.getElementById('question')?.focus(); }
      send(d);
    });
    element.addEventListener('change', (event) => {
      const control = event.target;
      if (control.matches('select[data-do]')) { send({...control.dataset, to: control.value}); return; }
      if (control.type === 'file') { shownFiles(control.form); return; }
      const form = control.closest('form[data-live]');
      if (form && control.name) send({do: 'show', query: queryOf(form)});
    });
    element.addEventListener('input', (event) => {
      if (event.target.matches('[data-find]')) find(event.target);
      if (event.target.matches('textarea')) grow(event.target);
    });
    element.addEventListener('submit', (event) => {
      event.preventDefault();
      const form = event.target;
      if (form.dataset.do === 'upload') { upload(form, send); return; }
      if (form.dataset.do === 'ask') {
        const area = form.elements.question;
        if (!ask(area.value)) return;
        area.value = '';
        grow(area);
        return;
      }
      send({do: 'show', query: queryOf(form)});
    });
    element.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.target.matches('textarea[name=question]')) {
        event.preventDefault();
        event.target.form.requestSubmit();
      }
    });
    for (const kind of ['dragover', 'dragleave', 'drop']) {
      element.addEventListener(kind, (event) => {
        const form = event.target.closest('form[data-do=upload]');
        if (!form) return;
        event.preventDefault();
        form.classList.toggle('dropping', kind === 'dragover');
        if (kind === 'drop' && event.dataTransfer.files.length) { form.elements.file.files = event.dataTransfer.files; shownFiles(form); }
      });
    }
    watch('value', () => {
      arrived();
      restore(element, state);
      shown(element);
      if (turned) { turned = false; element.querySelector('#upr-main')?.scrollIntoView(); element.querySelector('#upr-main')?.focus({preventScroll: true}); }
    });
    shown(element);
    const box = element.querySelector('textarea[name=question]');
    if (box) {
      if (narrow.matches) box.placeholder = box.dataset.short;
      asked = takeDraft();
      if (asked) { keepDraft(asked); box.value = asked; }
      grow(box);
    }
    if (element.querySelector('[data-resume]')) send({do: 'resume'});
    if (element.querySelector('[data-boot]')) {
      send({do: 'show', query: location.search.slice(1), first: '1'});
      window.addEventListener('popstate', () => send({do: 'show', query: location.search.slice(1)}));
    }
  };

  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') closePanel(); });
  // Where a panel lies over the page, a press beside it closes it.
  document.addEventListener('click', (event) => {
    if (over.matches && !event.target.closest('.panel, .upr-header, button, a, select, input, textarea, label, summary')) closePanel();
  });

  const prefixOf = (code) => { const path = page.languages.find(([c]) => c === code)[1]; return path === '/' ? '' : path; };
  const here = () => location.pathname.slice(prefixOf(page.language).length).replace(/^\/+|\/+$/g, '');

  // The picture of goals is one image with a name; Gradio puts it in place, and anew, when it likes.
  const namePicture = () => {
    const picture = document.getElementById('sdg-picture');
    if (!picture || picture.hasAttribute('role')) return;
    picture.setAttribute('role', 'img');
    picture.setAttribute('aria-labelledby', 'picture-title picture-note');
  };

  // A recommendation's own page belongs to the list.
  const listed = () => (here() === 'recommendation' ? 'recommendations' : here());

  const header = () => {
    const bar = document.createElement('header');
    bar.className = 'upr-header';
    const brand = document.createElement('a');
    brand.className = 'upr-brand';
    brand.href = `${prefixOf(page.language)}/`;
    brand.innerHTML = '<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" d="M20 12a8 8 0 1 1-2.3-5.6M20 3v4h-4M8.5 12.2l2.4 2.4 4.6-5"/></svg>';
    const name = document.createElement('span');
    name.textContent = page.brand;
    brand.append(name);
    const nav = document.createElement('nav');
    nav.setAttribute('aria-label', page.navLabel);
    for (const [path, label] of page.pages) {
      const link = document.createElement('a');
      link.href = `${prefixOf(page.language)}/${path}`;
      link.textContent = label;
      if (listed() === path) link.setAttribute('aria-current', 'page');
      nav.append(link);
    }
    const tools = document.createElement('div');
    tools.className = 'upr-tools';
    const select = document.createElement('select');
    select.setAttribute('aria-label', page.languageLabel);
    select.id = 'upr-language';
    for (const [code, , own] of page.languages) {
      const option = new Option(own, code, code === page.language, code === page.language);
      option.lang = code;
      select.add(option);
    }
    select.addEventListener('change', () => { location.href = `${prefixOf(select.value)}/${here()}${location.search}`; });
    const theme = document.createElement('button');
    theme.type = 'button';
    theme.id = 'upr-theme';
    theme.setAttribute('aria-label', page.themeLabel);
    theme.title = page.themeLabel;
    theme.innerHTML = '<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><circle cx="12" cy="12" r="8" fill="none" stroke="currentColor" stroke-width="2"/><path fill="currentColor" d="M12 4a8 8 0 0 1 0 16z"/></svg>';
    theme.addEventListener('click', () => {
      remember('upr-theme', document.body.classList.contains('dark') ? 'light' : 'dark');
      setTheme();
    });
    tools.append(select, theme);
    bar.append(brand, nav, tools);
    const skip = document.createElement('a');
    skip.className = 'skip-link';
    skip.href = '#upr-main';
    skip.textContent = page.skip;
    const status = document.createElement('div');
    status.id = 'upr-status';
    status.className = 'visually-hidden';
    status.setAttribute('role', 'status');
    document.body.prepend(skip, bar, status);
    nav.scrollLeft = (nav.querySelector('[aria-current]')?.offsetLeft ?? 0) - nav.offsetLeft - 40;
  };

  const start = () => {
    setTheme();
    header();
    if (here() === 'sdgs') new MutationObserver(namePicture).observe(document.body, {childList: true, subtree: true});
    dark.addEventListener('change', setTheme);
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start); else start();
})();

// What every page does in the browser: direction, language and theme switches, copying, focus of the source panel.
(() => {
  const page = window.uprPage;
  const root = document.documentElement;
  root.lang = page.language;
  root.dir = page.direction;
  root.classList.add('upr');

  const stored = localStorage.getItem('upr-theme');
  const prefersDark = window.matchMedia('(prefers-color-scheme: dark)').matches;
  const setTheme = (dark) => document.body && document.body.classList.toggle('dark', dark);

  let opener = null;
  window.uprReturnFocus = () => { if (opener && opener.isConnected) opener.focus(); };
  window.uprSourceShown = (element) => {
    const section = element.querySelector('.source:not(.source-empty)');
    if (!section) { document.body.classList.remove('source-open'); return; }
    document.body.classList.add('source-open');
    section.querySelector('mark')?.scrollIntoView({block: 'center', behavior: 'auto'});
    section.focus({preventScroll: false});
  };
  window.uprShowQuery = (element) => {
    const section = element.querySelector('[data-query]');
    if (!section) return;
    const query = section.dataset.query;
    history.replaceState(history.state, '', location.pathname + (query ? `?${query}` : ''));
  };
  window.uprCopy = async (button) => {
    const said = button.parentElement.querySelector('.said');
    await navigator.clipboard.writeText(button.dataset.text);
    if (said) { said.textContent = said.dataset.copied; setTimeout(() => { said.textContent = ''; }, 2000); }
  };

  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-do=source]');
    if (button) opener = button;
  }, true);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && document.body.classList.contains('source-open')) {
      document.body.classList.remove('source-open');
      window.uprReturnFocus();
    }
  });

  const pathOf = (code) => page.languages.find(([c]) => c === code)[1];
  const here = () => {
    const prefix = pathOf(page.language);
    const path = location.pathname;
    return prefix === '/' ? path : path.slice(prefix.length) || '/';
  };
  const address = (code) => {
    const prefix = pathOf(code) === '/' ? '' : pathOf(code);
    const rest = here();
    return prefix + (rest === '/' && prefix ? '/' : rest) + location.search;
  };

  const toolbar = () => {
    const bar = document.createElement('div');
    bar.className = 'upr-toolbar';
    const select = document.createElement('select');
    select.setAttribute('aria-label', page.languageLabel);
    select.id = 'upr-language';
    for (const [code, , name] of page.languages) {
      const option = new Option(name, code, false, code === page.language);
      option.lang = code;
      select.add(option);
    }
    select.addEventListener('change', () => { location.href = address(select.value); });
    const theme = document.createElement('button');
    theme.type = 'button';
    theme.id = 'upr-theme';
    theme.setAttribute('aria-label', page.themeLabel);
    theme.title = page.themeLabel;
    theme.textContent = '◐';
    theme.addEventListener('click', () => {
      const dark = !document.body.classList.contains('dark');
      setTheme(dark);
      localStorage.setItem('upr-theme', dark ? 'dark' : 'light');
    });
    bar.append(select, theme);
    document.body.prepend(bar);
    const skip = document.createElement('a');
    skip.className = 'skip-link';
    skip.href = '#upr-main';
    skip.textContent = page.skip;
    document.body.prepend(skip);
  };

  const start = () => {
    setTheme(stored ? stored === 'dark' : prefersDark);
    toolbar();
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start); else start();
})();

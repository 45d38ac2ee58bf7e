() => {
  const name = (each) => `${each.tagName.toLowerCase()}: ${(each.textContent || '').trim().slice(0, 60)}`;
  // For screen readers only: the heads of tables that stand as lists on a phone.
  const unseen = (each) => each.closest('thead') && getComputedStyle(each.closest('thead')).clipPath !== 'none';
  const all = [...document.body.querySelectorAll('*')].filter((each) => !['SCRIPT', 'STYLE'].includes(each.tagName) && !unseen(each));
  const visible = all.filter((each) => each.checkVisibility());
  const own = (each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const texts = visible.filter(own);
  const width = document.documentElement.clientWidth;
  const overflow = visible.filter((each) => {
    const place = each.getBoundingClientRect();
    return place.width > 0 && (place.right > width + 0.5 || place.left < -0.5);
  });
  if (document.documentElement.scrollWidth > width) overflow.push(document.documentElement);
  const clipped = visible.filter((each) => {
    const style = getComputedStyle(each);
    const cuts = (way) => style[way] !== 'visible';
    return (cuts('overflowX') && each.scrollWidth > each.clientWidth + 1) || (cuts('overflowY') && each.scrollHeight > each.clientHeight + 1);
  });
  const parsed = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = ([red, green, blue]) => {
    const linear = (part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  };
  const ground = (each) => {
    for (let at = each; at; at = at.parentElement) {
      const colour = parsed(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    // The browser's own canvas.
    const dark = getComputedStyle(document.documentElement).colorScheme.includes('dark') && matchMedia('(prefers-color-scheme: dark)').matches;
    return dark ? [18, 18, 18] : [255, 255, 255];
  };
  const contrast = (each) => {
    const [one, other] = [luminance(parsed(getComputedStyle(each).color)), luminance(ground(each))].sort((a, b) => b - a);
    return (one + 0.05) / (other + 0.05);
  };
  return {
    title: document.title,
    overflow: overflow.map(name),
    clipped: clipped.map(name),
    faint: texts.filter((each) => contrast(each) < 4.5).map((each) => `${contrast(each).toFixed(1)} ${name(each)}`),
    hidden: all.filter((each) => own(each) && !each.checkVisibility()).map(name),
    breakable: [...document.querySelectorAll('tr, li')].filter((each) => getComputedStyle(each).breakInside !== 'avoid').map(name),
    light: luminance(ground(document.body)) > 0.9,
    rows: [...document.querySelectorAll('tbody tr, li')].filter((each) => each.checkVisibility()).map((each) => each.innerText),
  };
}

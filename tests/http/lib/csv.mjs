// csv.mjs: a strict reader of RFC 4180.
export function parse(text) {
    const rows = [[]];
    let at = 0;
    while (at < text.length) {
        let cell;
        if (text[at] === '"') {
            const match = /"((?:[^"]|"")*)"/y;
            match.lastIndex = at;
            cell = match.exec(text);
            rows.at(-1).push(cell[1].replaceAll('""', '"'));
        } else {
            const match = /[^",\r\n]*/y;
            match.lastIndex = at;
            cell = match.exec(text);
            rows.at(-1).push(cell[0]);
        }
        at += cell[0].length;
        if (text.startsWith('\r\n', at)) {
            at += 2;
            if (at < text.length)
                rows.push([]);
        } else if (text[at] === ',') {
            at++;
            if (text.startsWith('\r\n', at))
                rows.at(-1).push('');
        } else if (at < text.length) {
            throw new Error(`at ${at}: ${JSON.stringify(text.slice(at - 20, at + 20))}`);
        }
    }
    return rows;
}

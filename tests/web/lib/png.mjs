// Pictures as they come out of the browser: 8 bits a channel, not interlaced. Reading, comparing, and writing them small for documents.
import { deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const CHANNELS = { 0: 1, 2: 3, 3: 1, 6: 4 };

/** @typedef {{ width: number, height: number, rgb: Uint8Array }} Picture  three bytes a pixel */

function* chunksOf(/** @type {Buffer} */ bytes) {
    if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw new Error("no PNG");
    for (let at = 8; at < bytes.length; ) {
        const length = bytes.readUInt32BE(at);
        yield { type: bytes.toString("latin1", at + 4, at + 8), data: bytes.subarray(at + 8, at + 8 + length) };
        at += 12 + length;
    }
}

function paeth(/** @type {number} */ left, /** @type {number} */ up, /** @type {number} */ corner) {
    const guess = left + up - corner;
    const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
    return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** Undoes the filter of each line, in place; answers the lines without their filter bytes. */
function unfilter(/** @type {Buffer} */ raw, /** @type {number} */ lineLength, /** @type {number} */ pixel, /** @type {number} */ height) {
    const out = new Uint8Array(lineLength * height);
    for (let y = 0; y < height; y++) {
        const filter = raw[y * (lineLength + 1)] ?? 0;
        for (let x = 0; x < lineLength; x++) {
            const at = y * lineLength + x;
            const left = x >= pixel ? (out[at - pixel] ?? 0) : 0;
            const up = y > 0 ? (out[at - lineLength] ?? 0) : 0;
            const corner = x >= pixel && y > 0 ? (out[at - lineLength - pixel] ?? 0) : 0;
            const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
            out[at] = (raw[y * (lineLength + 1) + 1 + x] ?? 0) + guess;
        }
    }
    return out;
}

/** @returns {Picture} */
export function readPng(/** @type {Buffer} */ bytes) {
    let width = 0;
    let height = 0;
    let colour = 6;
    /** @type {Buffer | null} */
    let palette = null;
    const parts = [];
    for (const { type, data } of chunksOf(bytes)) {
        if (type === "IHDR") {
            [width, height, colour] = [data.readUInt32BE(0), data.readUInt32BE(4), data[9] ?? 6];
            if (data[8] !== 8 || data[12] !== 0) throw new Error("a PNG of 8 bits a channel, not interlaced, is needed");
        }
        if (type === "PLTE") palette = data;
        if (type === "IDAT") parts.push(data);
    }
    const pixel = CHANNELS[/** @type {0} */ (colour)] ?? 4;
    const raw = unfilter(inflateSync(Buffer.concat(parts)), width * pixel, pixel, height);
    const rgb = new Uint8Array(width * height * 3);
    for (let i = 0; i < width * height; i++)
        for (let c = 0; c < 3; c++) rgb[i * 3 + c] = palette !== null ? (palette[(raw[i] ?? 0) * 3 + c] ?? 0) : (raw[i * pixel + (pixel < 3 ? 0 : c)] ?? 0);
    return { width, height, rgb };
}

/**
 * The share of pixels that differ by more than what smoothing of letters makes of them; 1 where the sizes differ.
 * @param {Picture} a @param {Picture} b
 */
export function differingShare(a, b) {
    const CHANNEL_MOST = 48;
    if (a.width !== b.width || a.height !== b.height) return 1;
    let differing = 0;
    for (let i = 0; i < a.rgb.length; i += 3)
        differing += Number([0, 1, 2].some((c) => Math.abs((a.rgb[i + c] ?? 0) - (b.rgb[i + c] ?? 0)) > CHANNEL_MOST));
    return differing / (a.width * a.height);
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    return c >>> 0;
});

function chunk(/** @type {string} */ type, /** @type {Uint8Array} */ data) {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    let crc = 0xffffffff;
    for (const byte of body) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE((crc ^ 0xffffffff) >>> 0, body.length + 4);
    return out;
}

/** The most used colours, coarse enough that 256 are enough, and which of them each pixel takes. */
function quantise(/** @type {Picture} */ picture) {
    const counts = new Map();
    const keyAt = (/** @type {number} */ i) => (((picture.rgb[i] ?? 0) >> 3) << 10) | (((picture.rgb[i + 1] ?? 0) >> 3) << 5) | ((picture.rgb[i + 2] ?? 0) >> 3);
    for (let i = 0; i < picture.rgb.length; i += 3) {
        const key = keyAt(i);
        const known = counts.get(key) ?? { n: 0, r: 0, g: 0, b: 0 };
        counts.set(key, { n: known.n + 1, r: known.r + picture.rgb[i], g: known.g + picture.rgb[i + 1], b: known.b + picture.rgb[i + 2] });
    }
    const colours = [...counts.values()].sort((a, b) => b.n - a.n).slice(0, 256).map(({ n, r, g, b }) => [r / n, g / n, b / n].map(Math.round));
    const nearest = new Map();
    const indexOf = (/** @type {number} */ key, /** @type {number} */ i) => {
        const known = nearest.get(key);
        if (known !== undefined) return known;
        let best = 0;
        let least = Infinity;
        colours.forEach((colour, at) => {
            const far = colour.reduce((sum, value, c) => sum + (value - (picture.rgb[i + c] ?? 0)) ** 2, 0);
            if (far < least) [least, best] = [far, at];
        });
        nearest.set(key, best);
        return best;
    };
    const indexes = new Uint8Array(picture.width * picture.height);
    for (let i = 0; i < indexes.length; i++) indexes[i] = indexOf(keyAt(i * 3), i * 3);
    return { colours, indexes };
}

/** A PNG of at most 256 colours: a third of what the browser writes. */
export function writeSmallPng(/** @type {Picture} */ picture) {
    const { colours, indexes } = quantise(picture);
    const head = Buffer.alloc(13);
    head.writeUInt32BE(picture.width, 0);
    head.writeUInt32BE(picture.height, 4);
    head.set([8, 3, 0, 0, 0], 8);
    const raw = Buffer.alloc((picture.width + 1) * picture.height);
    for (let y = 0; y < picture.height; y++) raw.set(indexes.subarray(y * picture.width, (y + 1) * picture.width), y * (picture.width + 1) + 1);
    const parts = [chunk("IHDR", head), chunk("PLTE", Uint8Array.from(colours.flat())), chunk("IDAT", deflateSync(raw, { level: 9 })), chunk("IEND", new Uint8Array())];
    return Buffer.concat([SIGNATURE, ...parts]);
}

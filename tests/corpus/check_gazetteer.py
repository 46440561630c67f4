#!/usr/bin/env python3
"""Check the core gazetteer (gazetteer/*.tsv).

1. Form, always: header, number of columns, ids, classes, numbers, no marks in names, no row twice,
   every point inside the (rough) box of its country.
2. Facts, where the shared gazetteer is at hand: a row that has namesakes there in the same country
   must lie near one of them. The folder is $MARSAD_SHARED/data/gazetteer, else ../shared/data/gazetteer
   seen from the root of the repository. Without it the second part is left out with a message.

Prints file:line of whatever is wrong. Exit 0 when all is well, 1 when a row is wrong.
"""
import argparse
import math
import os
import re
import sys
from collections import defaultdict

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HEADER = ("id name_ar alt_names_ar name_en fclass country admin1_ar admin2_ar lat lon "
          "population prominence cue source").split()
CLASSES = set("CONT PCLI ADM1 ADM2 ADM3 PPLC PPLA PPLA2 PPLA3 PPL PPLX CMPRF AIRP AIRB MILB BDRC PRT DAM "
              "OILF RD RGN FRST VAL MT MTS HLL ISL STRT SEA".split())
SOURCES = {"GeoNames (CC BY 4.0)", "OpenSyria (CC BY 4.0)", "OCHA COD", "CLDR", "own",
           "CLDR, mledoze (ODbL 1.0)", "CLDR, dr5hn (ODbL 1.0)"}
NEAR_KM, ADMIN_KM = 25.0, 60.0
# latitude south, latitude north, longitude west, longitude east; with a margin for seas, borders and islands
BOX = {
    "SY": (32.2, 37.5, 35.5, 42.5), "IQ": (29.0, 37.5, 38.7, 48.7), "YE": (12.0, 18.2, 42.4, 54.7),
    "LY": (19.4, 33.4, 9.2, 25.4), "LB": (33.0, 34.8, 35.0, 36.7), "PS": (31.1, 32.6, 34.1, 35.7),
    "IL": (29.4, 33.4, 34.1, 35.8), "JO": (29.1, 33.5, 34.8, 39.4), "TR": (35.7, 42.2, 25.5, 45.0),
    "EG": (21.9, 31.8, 24.6, 37.0), "SD": (8.6, 22.4, 21.7, 38.8), "SS": (3.4, 12.3, 23.4, 36.0),
    "SA": (16.0, 32.3, 34.4, 55.8), "IR": (25.0, 39.9, 43.9, 63.4), "AF": (29.3, 38.6, 60.4, 75.0),
    "PK": (23.5, 37.2, 60.8, 77.2), "SO": (-1.8, 12.1, 40.9, 51.6), "ML": (10.0, 25.1, -12.4, 4.4),
    "NG": (4.0, 14.0, 2.6, 14.8), "TN": (30.1, 37.7, 7.4, 11.8), "DZ": (18.9, 37.2, -8.8, 12.1),
    "AE": (22.5, 26.5, 51.4, 56.6), "QA": (24.4, 26.3, 50.6, 51.8), "BH": (25.5, 26.4, 50.2, 50.9),
    "KW": (28.4, 30.2, 46.4, 48.6), "OM": (16.5, 26.6, 51.9, 60.0), "MA": (27.5, 36.0, -13.3, -0.9),
}
# Rows whose namesakes in the shared gazetteer are other places: looked at by hand, right as they stand.
# id -> why
OTHER_PLACE = {
    "A-0206": "معبر التنف: homonyms elsewhere; this is Tanf crossing",
    "EG-0070": "الروضة: homonyms elsewhere; this is al-Rawda (Bir al-Abd)",
    "IQ-0023": "الحمدانية: homonyms elsewhere; this is Al-Hamdaniya",
    "IQ-0089": "أبو غريب: homonyms elsewhere; this is Abu Ghraib",
    "IQ-0165": "البو عساف: homonyms elsewhere; this is Albu Assaf",
    "IQ-0166": "البو علوان: homonyms elsewhere; this is Albu Alwan",
    "IQ-0169": "التاجي: homonyms elsewhere; this is Taji",
    "IQ-0172": "الجزيرة: homonyms elsewhere; this is Al-Jazeera (Ramadi)",
    "IQ-0173": "الجزيرة: homonyms elsewhere; this is Siba Sheikh Khidir",
    "IQ-0180": "الخازر: homonyms elsewhere; this is Khazir",
    "IQ-0181": "الخالدية: homonyms elsewhere; this is Khalidiya",
    "IQ-0182": "الراشدية: homonyms elsewhere; this is al-Rashidiya",
    "IQ-0183": "الرشاد: homonyms elsewhere; this is al-Rashad",
    "IQ-0188": "الزوية: homonyms elsewhere; this is al-Zawiya",
    "IQ-0192": "الشورة: homonyms elsewhere; this is Shura",
    "IQ-0194": "الصقلاوية: homonyms elsewhere; this is Saqlawiyah",
    "IQ-0211": "الكرمة: homonyms elsewhere; this is Karma",
    "IQ-0224": "النهروان: homonyms elsewhere; this is al-Nahrawan",
    "IQ-0299": "الأندلس: homonyms elsewhere; this is al-Andalus",
    "IQ-0327": "المثنى: homonyms elsewhere; this is al-Muthanna quarter",
    "JO-0028": "البقعة: homonyms elsewhere; this is Baqaa",
    "LB-0035": "البيرة: homonyms elsewhere; this is al-Bireh",
    "LB-0047": "العين: homonyms elsewhere; this is al-Ain",
    "LB-0073": "جديدة الفاكهة: homonyms elsewhere; this is Jdeideh (Fakiha)",
    "LB-0104": "نحلة: homonyms elsewhere; this is Nahle",
    "LY-0003": "الجبل الغربي: homonyms elsewhere; this is Jabal al-Gharbi",
    "SA-0056": "القديح: homonyms elsewhere; this is al-Qudaih",
    "SA-0057": "القرن: homonyms elsewhere; this is al-Qarn",
    "SA-0108": "وادي الدواسر: homonyms elsewhere; this is Wadi ad-Dawasir",
    "SD-0042": "البرام: homonyms elsewhere; this is Buram (South Kordofan)",
    "SY-0366": "أبو راسين: homonyms elsewhere; this is Abu Rasin",
    "SY-1287": "التوينة: homonyms elsewhere; this is al-Tuwayna",
    "SY-1290": "الحرية: homonyms elsewhere; this is al-Hurriya",
    "SY-1292": "الحمدان: homonyms elsewhere; this is al-Hamdan",
    "SY-1299": "الرصافة: homonyms elsewhere; this is Resafa",
    "SY-1300": "الرملة: homonyms elsewhere; this is al-Ramla (Ghab)",
    "SY-0458": "الزريقية: homonyms elsewhere; this is Hosh Zreiqa",
    "SY-1304": "الزيارة: homonyms elsewhere; this is al-Ziyara (Nubl)",
    "SY-0468": "السفح: homonyms elsewhere; this is al-Safh",
    "SY-1432": "الشعثة: homonyms elsewhere; this is al-Shaatha",
    "SY-1314": "الصافية: homonyms elsewhere; this is al-Safiya",
    "SY-1315": "الصالحية: homonyms elsewhere; this is al-Salihiya (Deir ez-Zor)",
    "SY-1316": "الصبحة: homonyms elsewhere; this is al-Subha",
    "SY-1322": "الطيبة: homonyms elsewhere; this is al-Tayba (Palmyra)",
    "SY-0516": "العامرية: homonyms elsewhere; this is al-Amiriya",
    "SY-1328": "الفقيع: homonyms elsewhere; this is al-Faqia",
    "SY-1331": "القنية: homonyms elsewhere; this is al-Qaniya",
    "SY-1337": "المختارية: homonyms elsewhere; this is al-Mukhtariya",
    "SY-1342": "المنصورة: homonyms elsewhere; this is al-Mansoura (Aleppo)",
    "SY-1348": "بالا: homonyms elsewhere; this is Bala",
    "SY-1352": "بروما: homonyms elsewhere; this is Baruma",
    "SY-1374": "حزيمة: homonyms elsewhere; this is Hazima",
    "SY-1384": "رامي: homonyms elsewhere; this is Rami",
    "SY-1386": "رميلان: homonyms elsewhere; this is Rmeilan",
    "SY-1394": "شقرا: homonyms elsewhere; this is Shaqra",
    "SY-1397": "عابدين: homonyms elsewhere; this is Abdin",
    "SY-1405": "عين التينة: homonyms elsewhere; this is Ain al-Tina (Quneitra)",
    "SY-1407": "عين عيسى: homonyms elsewhere; this is Ain Issa (Latakia)",
    "TR-0088": "بيره جك: homonyms elsewhere; this is Birecik",
    "W-0103": "دكا: the shared point is 49 km west of the city",
    "W-0218": "كوبنهاغن: the shared file has Copenhagen, New York",
    "YE-0089": "الشرية: homonyms elsewhere; this is al-Sharyah",
    "YE-0103": "الظاهر: homonyms elsewhere; this is al-Dhahir",
    "YE-0109": "العلياء: homonyms elsewhere; this is Bayhan al-Ulya",
    "YE-0146": "الوادي: homonyms elsewhere; this is Marib al-Wadi",
    "YE-0153": "برط المراشي: homonyms elsewhere; this is Barat al-Marashi",
    "YE-0163": "بني قيس: homonyms elsewhere; this is Bani Qays",
    "YE-0197": "حورة: homonyms elsewhere; this is Hawrah",
    "YE-0260": "غمر: homonyms elsewhere; this is Ghamr",
    "YE-0311": "آل سالم: homonyms elsewhere; this is Al Salim",
    "YE-0317": "الجاح: homonyms elsewhere; this is al-Jah",
    "YE-0319": "الحرور: homonyms elsewhere; this is al-Harur",
    "YE-0320": "الحوبان: homonyms elsewhere; this is al-Hawban",
    "YE-0321": "الحوطة: homonyms elsewhere; this is al-Hawtah (Shabwa)",
    "YE-0324": "الربيعي: homonyms elsewhere; this is al-Rubaii",
    "YE-0329": "الشريجة: homonyms elsewhere; this is al-Sharija",
    "YE-0330": "الصفراء: homonyms elsewhere; this is al-Safra (Usaylan)",
    "YE-0332": "الطائف: homonyms elsewhere; this is al-Taif (Hudaydah)",
    "YE-0334": "العقبة: homonyms elsewhere; this is al-Aqabah (al-Jawf)",
    "YE-0337": "العنين: homonyms elsewhere; this is al-Unayn",
    "YE-0338": "العود: homonyms elsewhere; this is al-Awd",
    "YE-0341": "القاعدة: homonyms elsewhere; this is al-Qaidah",
    "YE-0350": "المسيمير: homonyms elsewhere; this is al-Musaymir (Abyan)",
    "YE-0351": "المشجح: homonyms elsewhere; this is al-Mashjah",
    "YE-0354": "المنظر: homonyms elsewhere; this is al-Manzar",
    "YE-0356": "النخيلة: homonyms elsewhere; this is al-Nukhayla",
    "YE-0357": "النقوب: homonyms elsewhere; this is al-Nuqub",
    "YE-0367": "حجر: homonyms elsewhere; this is Hajr (al-Dhali)",
    "YE-0369": "حمك: homonyms elsewhere; this is Hamak",
    "YE-0372": "خشعة: homonyms elsewhere; this is al-Khashaa",
    "YE-0384": "ضحيان: homonyms elsewhere; this is Dahyan",
    "YE-0386": "عزان: homonyms elsewhere; this is Azzan",
    "YE-0392": "قانية: homonyms elsewhere; this is Qaniya",
    "YE-0399": "محلي: homonyms elsewhere; this is Mahalli",
    "YE-0401": "مرخة: homonyms elsewhere; this is Markhah",
    "YE-0403": "مسورة: homonyms elsewhere; this is Maswarah",
    "YE-0419": "الثورة: homonyms elsewhere; this is al-Thawra",
    "YE-0429": "العريش: homonyms elsewhere; this is al-Arish (Aden)",
    "YE-0454": "كلابة: homonyms elsewhere; this is Kilaba",
    "YE-0456": "معين: homonyms elsewhere; this is Main",
}


def fold(text):
    text = re.sub("[\u064b-\u0652\u0640]", "", text)
    text = re.sub("[إأآٱ]", "ا", text).replace("ى", "ي").replace("ة", "ه").replace("ؤ", "و").replace("ئ", "ي").replace("ء", "")
    text = re.sub("[-–]", " ", text)
    return "".join(w[2:] if w.startswith("ال") and len(w) > 4 else w for w in text.split())


def km(lat1, lon1, lat2, lon2):
    p = math.pi / 180
    h = (math.sin((lat2 - lat1) * p / 2) ** 2
         + math.cos(lat1 * p) * math.cos(lat2 * p) * math.sin((lon2 - lon1) * p / 2) ** 2)
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def group(fclass):
    """Rows of one group may not share name, country and point; a governorate may with its seat."""
    return "P" if fclass.startswith("PPL") else fclass


def read_core(folder, complain):
    rows, ids, points = [], {}, {}
    files = sorted(f for f in os.listdir(folder) if f.endswith(".tsv"))
    if not files:
        complain("%s: no tables" % folder)
    for name in files:
        path = os.path.join(folder, name)
        where = os.path.relpath(path, ROOT)
        with open(path, encoding="utf-8", newline="\n") as f:
            lines = f.read().split("\n")
        if lines and lines[-1] == "":
            lines.pop()
        else:
            complain("%s: no newline at the end" % where)
        if not lines or lines[0].split("\t") != HEADER:
            complain("%s:1: header is not: %s" % (where, " ".join(HEADER)))
            continue
        for number, line in enumerate(lines[1:], 2):
            at = "%s:%d" % (where, number)
            cells = line.split("\t")
            if len(cells) != len(HEADER):
                complain("%s: %d columns instead of %d" % (at, len(cells), len(HEADER)))
                continue
            row = dict(zip(HEADER, cells))
            row["at"] = at
            if any(c != c.strip() for c in cells):
                complain("%s: blank at the edge of a cell" % at)
            if not re.fullmatch(r"[A-Z]{1,2}-[0-9]{4}", row["id"]):
                complain("%s: bad id %s" % (at, row["id"]))
            if row["id"] in ids:
                complain("%s: id %s also at %s" % (at, row["id"], ids[row["id"]]))
            ids[row["id"]] = at
            names = [row["name_ar"]] + [a for a in row["alt_names_ar"].split("|") if a]
            for n in names:
                if not re.fullmatch("[\u0621-\u063a\u0641-\u064a0-9 ()./-]+", n):
                    complain("%s: name with marks or foreign letters: %r" % (at, n))
            if len(set(names)) != len(names):
                complain("%s: a name is given twice" % at)
            if not row["name_en"] or not row["name_en"].isascii():
                complain("%s: name_en empty or not ASCII: %s" % (at, row["name_en"]))
            if row["fclass"] not in CLASSES:
                complain("%s: unknown class %s" % (at, row["fclass"]))
            if row["country"] and not re.fullmatch("[A-Z]{2}", row["country"]):
                complain("%s: bad country %s" % (at, row["country"]))
            if row["cue"] not in ("0", "1"):
                complain("%s: cue is %s" % (at, row["cue"]))
            if row["source"] not in SOURCES:
                complain("%s: unknown source %s" % (at, row["source"]))
            if not re.fullmatch("[0-9]*", row["population"]):
                complain("%s: bad population %s" % (at, row["population"]))
            if not (row["prominence"].isdigit() and 0 <= int(row["prominence"]) <= 100):
                complain("%s: bad prominence %s" % (at, row["prominence"]))
            if not all(re.fullmatch(r"-?[0-9]{1,3}\.[0-9]{4}", row[c]) for c in ("lat", "lon")):
                complain("%s: bad point %s %s" % (at, row["lat"], row["lon"]))
                continue
            row["y"], row["x"] = float(row["lat"]), float(row["lon"])
            box = BOX.get(row["country"], (-90, 90, -180, 180))
            if not (box[0] <= row["y"] <= box[1] and box[2] <= row["x"] <= box[3]):
                complain("%s: %s lies outside %s: %s %s" % (at, row["name_ar"], row["country"], row["lat"], row["lon"]))
            key = (row["name_ar"], row["country"], row["lat"], row["lon"], group(row["fclass"]))
            if key in points:
                complain("%s: same name, country and point as %s" % (at, points[key]))
            points[key] = at
            row["names"] = names
            rows.append(row)
    return rows


def read_shared(folder):
    index = defaultdict(list)
    for name in sorted(os.listdir(folder)):
        if not re.fullmatch(r"[A-Z]{2}\.tsv", name):
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as f:
            header = f.readline().rstrip("\n").split("\t")
            for line in f:
                row = dict(zip(header, line.rstrip("\n").split("\t")))
                if not row.get("lat") or not row.get("lon"):
                    continue
                point = (float(row["lat"]), float(row["lon"]), row["fclass"])
                for n in {fold(n) for n in [row["name_ar"]] + row["alt_names_ar"].split("|") if n}:
                    index[name[:2], n].append(point)
    for name in ("REGIONS_hand.tsv", "TOWNS_hand_ar.tsv"):
        path = os.path.join(folder, name)
        if not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as f:
            header = f.readline().rstrip("\n").split("\t")
            for line in f:
                row = dict(zip(header, line.rstrip("\n").split("\t")))
                fclass = "PPL" if row["kind"] == "town" else "AREA"
                for n in {fold(n) for n in [row["name_ar"]] + row["alt_names_ar"].split("|") if n}:
                    index[row["country"], n].append((float(row["lat"]), float(row["lon"]), fclass))
    path = os.path.join(folder, "COUNTRIES.tsv")
    if os.path.exists(path):
        with open(path, encoding="utf-8") as f:
            header = f.readline().rstrip("\n").split("\t")
            for line in f:
                row = dict(zip(header, line.rstrip("\n").split("\t")))
                for n in {fold(n) for n in [row["name_ar"]] + row["alt_names_ar"].split("|") if n}:
                    index[row["iso2"], n].append((float(row["lat"]), float(row["lon"]), "PCLI"))
                if row["capital_ar"] and row["capital_lat"]:
                    index[row["iso2"], fold(row["capital_ar"])].append(
                        (float(row["capital_lat"]), float(row["capital_lon"]), "PPLC"))
    return index


def kin(core, other):
    """Is a shared row of class `other` a possible namesake of a core row of class `core`?"""
    if core == "PCLI":
        return other == "PCLI"
    if core in ("ADM1", "ADM2", "ADM3"):
        return other.startswith("ADM") or other.startswith("PPL")
    if core == "PPLX":
        return other == "PPLX"
    if core.startswith("PPL"):
        return other.startswith("PPL") and other != "PPLX"
    return other in ("AREA", "CMPS")


def check_facts(rows, index, complain):
    checked = alone = excused = 0
    for row in rows:
        near, total = None, 0
        for n in {fold(n) for n in row["names"]}:
            for y, x, fclass in index.get((row["country"], n), ()):
                if not kin(row["fclass"], fclass):
                    continue
                total += 1
                admin = row["fclass"].startswith("ADM") and fclass.startswith("ADM")
                limit = 500.0 if row["fclass"] == "PCLI" else ADMIN_KM if admin else NEAR_KM
                over = km(row["y"], row["x"], y, x) - limit
                if near is None or over < near:
                    near = over
        if not total:
            alone += 1
        elif near <= 0:
            checked += 1
        elif row["id"] in OTHER_PLACE:
            excused += 1
        else:
            checked += 1
            complain("%s: %s %s (%s, %s) at %s %s: nearest of %d namesakes is %.0f km too far" % (
                row["at"], row["id"], row["name_ar"], row["name_en"], row["fclass"], row["lat"], row["lon"], total, near))
    return checked, alone, excused


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gazetteer", default=os.path.join(ROOT, "gazetteer"))
    parser.add_argument("--shared", default=os.environ.get("MARSAD_SHARED") or os.path.join(ROOT, "..", "shared"))
    args = parser.parse_args()
    wrong = []
    rows = read_core(args.gazetteer, wrong.append)
    shared = os.path.join(args.shared, "data", "gazetteer")
    if os.path.isdir(shared):
        checked, alone, excused = check_facts(rows, read_shared(shared), wrong.append)
        print("gazetteer: %d rows; %d checked against namesakes, %d have none, %d known to be another place"
              % (len(rows), checked, alone, excused))
    else:
        print("gazetteer: %d rows; %s is not there, facts not checked" % (len(rows), shared))
    for line in wrong:
        print(line)
    if wrong:
        print("gazetteer: %d wrong" % len(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { addDays, daysBetween, isDay, tellAgo, tellDay, tellRange, tellWeekday } from "../src/base/dates";
import { setLanguage } from "../src/base/words";
import { openPage } from "./page";

beforeEach(() => {
    openPage("/");
    setLanguage("ar");
});

test("months have both their names in Arabic", () => {
    assert.equal(tellDay("2016-05-08"), "8 أيار/مايو 2016");
    assert.equal(tellDay("2016-01-31", "short"), "31 كانون الثاني 2016");
    assert.equal(tellWeekday("2016-05-08"), "الأحد");
    setLanguage("en");
    assert.equal(tellDay("2016-05-08"), "8 May 2016");
    assert.equal(tellDay("2016-09-01", "short"), "1 Sep 2016");
});

test("a range says once what its ends share", () => {
    assert.equal(tellRange("2016-05-08", "2016-05-08"), "8 أيار 2016");
    assert.equal(tellRange("2016-05-08", "2016-05-12"), "8–12 أيار 2016");
    assert.equal(tellRange("2016-02-27", "2016-05-31"), "27 شباط – 31 أيار 2016");
    assert.equal(tellRange("2015-12-30", "2016-01-02"), "30 كانون الأول 2015 – 2 كانون الثاني 2016");
    assert.equal(tellRange(null, null), "");
});

test("time away is counted as Arabic counts", () => {
    const now = Date.parse("2016-05-08T12:00:00Z");
    const told = ["11:59:50", "11:59:00", "11:58:00", "11:55:00", "11:30:00", "09:00:00"].map((clock) => tellAgo(`2016-05-08T${clock}Z`, now));
    assert.deepEqual(told, ["الآن", "منذ دقيقة", "منذ دقيقتين", "منذ 5 دقائق", "منذ 30 دقيقة", "منذ 3 ساعات"]);
    assert.equal(tellAgo("2016-05-08T12:12:00Z", now), "بعد 12 دقيقة");
    assert.equal(tellAgo("2016-05-01T12:00:00Z", now), "منذ 7 أيام");
    setLanguage("en");
    assert.equal(tellAgo("2016-05-08T11:00:00Z", now), "1 hour ago");
});

test("days are reckoned over months and leap years", () => {
    assert.equal(addDays("2016-02-28", 1), "2016-02-29");
    assert.equal(addDays("2016-01-01", -1), "2015-12-31");
    assert.equal(daysBetween("2016-02-27", "2016-05-31"), 94);
    assert.deepEqual(["2016-02-29", "2015-02-29", "2016-13-01", "2016-5-8", ""].map(isDay), [true, false, false, false, false]);
});

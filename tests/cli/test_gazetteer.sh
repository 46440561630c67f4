#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162,SC2086 # "run read" is no read; words are split on purpose
# marsad gazetteer compile | find
source "$(dirname "$0")/lib.sh"

printf 'id\tname_ar\talt_names_ar\tname_en\tfclass\tcountry\tadmin1_ar\tadmin2_ar\tlat\tlon\tpopulation\tprominence\tcue\tsource\n' >core.tsv
printf 'SY-1\tخان طومان\tخان تومان\tKhan Tuman\tPPL\tSY\tحلب\t\t36.117\t37.051\t\t40\t0\town\n' >>core.tsv
printf '170063\tAleppo\tAleppo\tAlep,حلب,Халеб\t36.20124\t37.16117\tP\tPPLA\tSY\t\t09\t\t\t\t1602264\t\t393\tAsia/Damascus\t2019-01-01\n' >SY.txt
run gazetteer compile -o places.bin core.tsv SY.txt
expect_status 0
expect_silence
expect_out '^2 places'
cp places.bin first.bin
run gazetteer compile --output-file=places.bin core.tsv SY.txt
expect_same first.bin places.bin

run gazetteer find --gazetteer places.bin 'خان تومان' حلب
expect_status 0
expect_lines 3
expect_out "$(printf '^SY-1\tخان طومان\tKhan Tuman\ttown\tSY\tحلب\t\t36.1170\t37.0510\t\town$')"
expect_out "$(printf '^gn:170063\tحلب\tAleppo\tseat1\tSY')"
run gazetteer find --gazetteer places.bin لندن
expect_status 1
expect_err 'لندن'
run gazetteer find --gazetteer first.bin --gazetteer places.bin حلب
expect_status 0
expect_lines 3

# a bad row: table and line are told, and the file that was there stays
printf 'SY-2\tحلب\n' >>core.tsv
run gazetteer compile -o places.bin core.tsv
expect_status 1
expect_err "core.tsv:3'"
expect_same first.bin places.bin
run gazetteer compile -o places.bin missing.tsv
expect_status 1
expect_err "missing.tsv"
run gazetteer compile -o missing/places.bin SY.txt
expect_status 1
expect_err "missing/places.bin"
[ -z "$(find . -name "*.part")" ] || complain "a half-written file is left"

# the one that ships
run gazetteer find 'خان طومان'
expect_status 0
expect_out 'Khan Tuman'

finish

/* The list that the golden files are made of. Made up: no such thing happened, and no outlet of these names exists. */
#include "incidents.h"

/* Statements name their places by words without blanks; points and names in two languages are set here. */
static void settle_places(incident_list *list)
{
    static const struct {
        const char *id, *norm, *name_en;
        double lat, lon;
    } places[] = {
        {"SY-1", "خان طومان", "Khan Tuman", 36.117, 37.051},
        {"SY-2", "الأتارب", "Al-Atarib", 36.13905, 36.83},
        {"SY-3", "حلب", "Aleppo", 36.2037, 37.1726},
        {"SY-4", "مستشفى الأمل", "Al-Amal Hospital", 36.21111, 37.15555},
        {"IQ-1", "الفلوجة", "Al-Fallujah", 33.3495, 43.7845},
        {"YE-1", "تعز", "Taizz", 13.57952, 44.02091},
        {"YE-2", "ذباب", "Dhubab", 12.942, 43.41},
        {"SY-5", "إدلب", "Idlib", 35.9306, 36.6339},
    };
    for (uint32_t i = 0; i < list->count; i++)
        for (uint32_t s = 0; s < list->items[i].statement_count; s++) {
            statement *told = (statement *)(uintptr_t)list->items[i].statements[s];
            told->url = "https://example.org/report";
            told->trigger = (marsad_span){10, 20};
            told->sentence = (marsad_span){0, 90};
            for (uint32_t p = 0; p < told->place_count; p++)
                for (size_t k = 0; k < sizeof places / sizeof *places; k++)
                    if (strcmp(told->places[p].id, places[k].id) == 0) {
                        statement_place *place = (statement_place *)(uintptr_t)&told->places[p];
                        place->norm = places[k].norm;
                        place->name_en = places[k].name_en;
                        place->lat = places[k].lat;
                        place->lon = places[k].lon;
                    }
        }
}

static void add_fighting(incident_list *list, arena *memory)
{
    incident *strike = incident_make(
        list, memory, "strike",
        (const char *const[]){"id=s1 article=a1 outlet=outlet-one kind=airstrike actor=syria.government target=civilians:residential "
                              "place=SY-2:town:SY:حلب:جبل_سمعان day=2016-05-09 published=2016-05-10 figure=killed:exact:5 figure=wounded:about:20 "
                              "speaker=sohr state=2",
                              "id=s2 article=a2 outlet=outlet-two kind=airstrike actor=russia target=civilians place=SY-2:town:SY:حلب:جبل_سمعان "
                              "day=2016-05-09 published=2016-05-11 figure=killed:at_least:7 speaker=activists",
                              "id=s3 article=a3 outlet=outlet-three kind=airstrike modality=denied actor=syria.government "
                              "place=SY-2:town:SY:حلب:جبل_سمعان day=2016-05-09 published=2016-05-11 speaker=syria.government",
                              NULL});
    incident_add_figure(strike, memory, MARSAD_KILLED, "children", 2, 2, 3);
    incident *clash =
        incident_make(list, memory, "clash",
                      (const char *const[]){"id=c1 article=c1 outlet=outlet-one kind=clash actor=syria.opposition actor=syria.islamists "
                                            "target=syria.government place=SY-1:town:SY:حلب:جبل_سمعان start=2016-05-06 end=2016-05-07 "
                                            "published=2016-05-08 figure=killed:exact:43",
                                            NULL});
    incident_add_figure(clash, memory, MARSAD_KILLED, "fighters", 43, 43, 43);
    incident_make(list, memory, "bomb",
                  (const char *const[]){"id=b1 article=b1 outlet=outlet-two kind=bombing mode=suicide actor=isis target=iraq.government:checkpoint "
                                        "place=IQ-1:town:IQ:الأنبار:الفلوجة published=2016-05-12 figure=killed:vague:3:3:- speaker=police",
                                        NULL});
    incident_make(list, memory, "shelling",
                  (const char *const[]){"id=h1 article=h1 outlet=outlet-one kind=shelling actor=houthi_saleh target=civilians:hospital "
                                        "place=YE-1:town:YE:تعز place=YE-2:town:YE:تعز day=2016-05-10 published=2016-05-11 figure=killed:exact:2 "
                                        "figure=munitions:over:10 speaker=medical",
                                        NULL});
    incident_make(
        list, memory, "killing",
        (const char *const[]){"id=k1 article=k1 outlet=outlet-three kind=killing target=civilians place=SY-5:governorate:SY:إدلب day=2016-05-10 "
                              "published=2016-05-11 figure=killed:exact:1",
                              NULL});
}

static void add_ground(incident_list *list, arena *memory)
{
    incident_make(list, memory, "capture",
                  (const char *const[]){"id=g1 article=g1 outlet=outlet-one kind=capture actor=ypg_sdf target=isis place=SY-1:town:SY:حلب:جبل_سمعان "
                                        "day=2016-05-11 published=2016-05-11 speaker=ypg_sdf",
                                        NULL});
    incident_make(
        list, memory, "detention",
        (const char *const[]){"id=d1 article=d1 outlet=outlet-one kind=detention actor=syria.progov target=civilians place=SY-3:town:SY:حلب "
                              "day=2016-05-02 published=2016-05-03 figure=detained:exact:12",
                              NULL});
    incident_make(list, memory, "protest",
                  (const char *const[]){"id=p1 article=p1 outlet=\"quoted\",_outlet kind=protest actor=protesters place=SY-5:town:SY:إدلب:إدلب "
                                        "day=2016-05-06 published=2016-05-07",
                                        NULL});
    incident_make(list, memory, "deploy",
                  (const char *const[]){"id=y1 article=y1 outlet=outlet-one kind=deploy actor=turkey place=SY-2:town:SY:حلب:جبل_سمعان day=2016-05-11 "
                                        "published=2016-05-11",
                                        NULL});
    incident_make(
        list, memory, "hospital",
        (const char *const[]){"id=q1 article=q1 outlet==formula kind=destruction target=other:hospital place=SY-4:exact:SY:حلب:حلب day=2016-05-01 "
                              "published=2016-05-02 speaker=medical",
                              NULL});
    incident_make(
        list, memory, "unknown-place",
        (const char *const[]){"id=u1 article=u1 outlet=outlet-one kind=attack actor=gunmen place=?الحي_الجديد day=2016-05-08 published=2016-05-09 "
                              "figure=killed:exact:1",
                              NULL});
}

static void add_words(incident_list *list, arena *memory)
{
    incident *period =
        incident_make(list, memory, "period",
                      (const char *const[]){"id=r1 article=r1 outlet=outlet-one kind=airstrike place=SY-3:town:SY:حلب start=2016-05-01 "
                                            "end=2016-05-09 published=2016-05-10 figure=strikes:over:90 figure=killed:over:100 speaker=sohr",
                                            NULL});
    period->is_period = true;
    incident_make(list, memory, "truce",
                  (const char *const[]){"id=t1 article=t1 outlet=outlet-two kind=truce phase=in_force actor=usa actor=russia place=SY-3:town:SY:حلب "
                                        "day=2016-05-05 published=2016-05-05 state=2 verified=1",
                                        NULL});
    incident_make(list, memory, "talks",
                  (const char *const[]){"id=w1 article=w1 outlet=outlet-two kind=talks actor=un day=2016-05-04 published=2016-05-05", NULL});
    incident_make(
        list, memory, "planned",
        (const char *const[]){"id=n1 article=n1 outlet=outlet-two kind=aid modality=planned actor=red_cross place=SY-3:town:SY:حلب day=2016-05-20 "
                              "published=2016-05-11",
                              NULL});
    incident_make(
        list, memory, "denied",
        (const char *const[]){"id=x1 article=x1 outlet=outlet-two kind=shelling modality=denied actor=syria.opposition place=SY-3:town:SY:حلب "
                              "day=2016-05-03 published=2016-05-04 speaker=syria.opposition",
                              NULL});
}

void incidents_of_golden_files(incident_list *list, arena *memory)
{
    add_fighting(list, memory);
    add_ground(list, memory);
    add_words(list, memory);
    settle_places(list);
}

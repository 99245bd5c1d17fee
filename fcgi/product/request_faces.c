/*
 * request_faces.c: the forms of all kinds of requests, in the order of the menu.
 */
#include "contract/contract.h"
#include "recharge/recharge.h"
#include "recharge/recharge_page.h"
#include "recharge/recharge_rule.h"
#include "request/request_face_page.h"

static const enum label suspend_reasons[] = { LABEL_REASON_LOST, LABEL_REASON_UNUSED, LABEL_REASON_OTHER };
static const enum label terminate_reasons[] = { LABEL_REASON_FINISHED, LABEL_REASON_SWITCH, LABEL_REASON_OTHER };

#define DATE                                                                                                           \
    {                                                                                                                  \
        .name = REQUEST_FIELD_DATE, .label = LABEL_FIELD_DATE, .type = FACE_DATE, .is_required = true, .most = 10      \
    }
#define NOTE                                                                                                           \
    {                                                                                                                  \
        .name = CONTRACT_FIELD_NOTE, .label = LABEL_FIELD_NOTE, .type = FACE_TEXT, .most = 200                         \
    }

const struct request_face request_faces[] = {
    { .kind = &recharge_line_kind,
      .form_title = LABEL_REQUEST_FORM_RECHARGE,
      .about = LABEL_REQUEST_ABOUT_RECHARGE,
      .fee = LABEL_REQUEST_FEE_RECHARGE,
      .deadline = LABEL_REQUEST_DEADLINE_TODAY,
      .fields = { { .name = RECHARGE_FIELD_CAPACITY,
                    .label = LABEL_FIELD_CAPACITY,
                    .type = FACE_OFFER,
                    .is_required = true,
                    .most = 20,
                    .offers = recharge_offer_nodes,
                    .hint = LABEL_RECHARGE_HINT },
                  DATE },
      .until = recharge_valid_until,
      .with_usage = true,
      .is_cancelled = true },
    { .kind = &contract_suspend,
      .form_title = LABEL_REQUEST_FORM_SUSPEND,
      .about = LABEL_REQUEST_ABOUT_SUSPEND,
      .fee = LABEL_REQUEST_FEE_NONE,
      .deadline = LABEL_REQUEST_DEADLINE_TODAY,
      .fields = { { .name = CONTRACT_FIELD_REASON,
                    .label = LABEL_FIELD_SUSPEND_REASON,
                    .type = FACE_CHOICE,
                    .is_required = true,
                    .most = 16,
                    .words = contract_suspend_reasons,
                    .texts = suspend_reasons },
                  NOTE,
                  DATE } },
    { .kind = &contract_resume,
      .form_title = LABEL_REQUEST_FORM_RESUME,
      .about = LABEL_REQUEST_ABOUT_RESUME,
      .fee = LABEL_REQUEST_FEE_NONE,
      .deadline = LABEL_REQUEST_DEADLINE_TODAY,
      .fields = { DATE } },
    { .kind = &contract_activate,
      .form_title = LABEL_REQUEST_FORM_ACTIVATE,
      .about = LABEL_REQUEST_ABOUT_ACTIVATE,
      .fee = LABEL_REQUEST_FEE_NONE,
      .deadline = LABEL_REQUEST_DEADLINE_TODAY,
      .fields = { DATE } },
    { .kind = &contract_terminate,
      .form_title = LABEL_REQUEST_FORM_TERMINATE,
      .about = LABEL_REQUEST_ABOUT_TERMINATE,
      .fee = LABEL_REQUEST_FEE_NONE,
      .deadline = LABEL_REQUEST_DEADLINE_TODAY,
      .fields = { { .name = CONTRACT_FIELD_REASON,
                    .label = LABEL_FIELD_TERMINATE_REASON,
                    .type = FACE_CHOICE,
                    .is_required = true,
                    .most = 16,
                    .words = contract_terminate_reasons,
                    .texts = terminate_reasons },
                  NOTE,
                  DATE },
      .deed = LABEL_REQUEST_DEED_TERMINATE },
};
const guint request_faces_n = G_N_ELEMENTS(request_faces);

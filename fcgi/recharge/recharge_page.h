/*
 * recharge_page.h: what recharges offer, as a form shows it.
 */
#ifndef RECHARGE_RECHARGE_PAGE_H
#define RECHARGE_RECHARGE_PAGE_H

#include "request/request_face_page.h"

face_offers recharge_offer_nodes;

#endif

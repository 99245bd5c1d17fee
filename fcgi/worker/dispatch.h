/*
 * dispatch.h: takes due items of requests to the gateway and brings back what became of them, many at a time.
 */
#ifndef WORKER_DISPATCH_H
#define WORKER_DISPATCH_H

#include "worker/jobs.h"

/* Run for a while: claim, ask, receive, finish. What is under way stays so between two runs of one process. */
bool dispatch_run(const struct job_context *context, struct job_result *result, GError **error);

/* The worker ends: wait for what is under way, for some seconds, and give the rest back. */
void dispatch_drain(const struct job_context *context);

#endif

<?xml version="1.0" encoding="UTF-8"?>
<!--
  line-detail: SIM詳細, everything about one SIM.

  <line-detail list="/sims?…">                                            back to the list
    <line phone="…" serial="…" iccid="…" customer="102:TC…:…" project="…" service="…" plan="…" state="active" state-text="…"
          state-help="…" traffic="normal|throttled" traffic-text="…" traffic-help="…" kind-text="…" size-text="…"
          group="" registered="2024/03/22" activated="" terminated="" label="…" memo="…"/>
    <options><option text="…"/></options>                                 at least one: オプションなし
    <usage month="…" used="0.37" capacity="1.00" remaining="0.63" percent="37" level="" as-of="11:25" stale="1"/>
    <recharges><recharge capacity="1.0 GB" remaining="0.50" from="2026/10/01" until="2027/01/31" resting="1"/>…</recharges>
    <cards><card serial="…" iccid="…" kind-text="…" size-text="…" from="…" to="" now="1"/>…</cards>      newest first
    <events><event at="2026/11/22 19:30" what="…" from="…" to="…" who="…" note="…"/>…</events>           newest first
    <edit action="/sims/12"><hidden …/><field name="label" value="…" max="64"/><field name="memo" value="…" max="1000"/></edit>
        absent for an account that may not change it
    <requests id="12" schedule="/schedule?phone=…">                       open ones first; id and kinds: for those who may ask
      <request href="/requests/…" number="…" kind="一時停止" received="…" executed="…" result="pending" result-text="未処理"
               reason="…" open="1"/>… <kind code="suspend" text="一時停止"/>…
    </requests>
    <protection on="1" text="設定中" action="/sims/12/protection"/>       absent for a terminated SIM; action: for those who may
    <esim action="/sims/12/esim"/>                                        when there is a code that the account may see
  </line-detail>
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template name="page.line-detail">
    <div class="panels">
      <xsl:apply-templates select="line" mode="line-detail"/>
      <xsl:apply-templates select="usage" mode="line-detail"/>
      <xsl:apply-templates select="requests" mode="line-detail"/>
      <xsl:apply-templates select="line" mode="line-detail-registered"/>
      <div>
        <xsl:apply-templates select="recharges" mode="line-detail"/>
        <xsl:apply-templates select="protection" mode="line-detail"/>
        <xsl:apply-templates select="esim" mode="line-detail"/>
      </div>
      <xsl:call-template name="line-detail.note"/>
      <xsl:apply-templates select="cards" mode="line-detail"/>
      <xsl:apply-templates select="events" mode="line-detail"/>
    </div>
    <p class="back"><a href="{@list}"><m:text key="detail.back"/></a></p>
  </xsl:template>

  <xsl:template match="line" mode="line-detail">
    <div class="card">
      <p class="subject">
        <strong><xsl:value-of select="@phone"/></strong>
        <span><xsl:value-of select="@serial"/></span>
      </p>
      <dl class="facts wide">
        <div><dt><m:text key="line.state"/></dt><dd><b class="s {@state}"><xsl:value-of select="@state-text"/></b><span><xsl:value-of select="@state-help"/></span></dd></div>
        <xsl:for-each select="../requests[request/@open]">
          <div>
            <dt><m:text key="detail.open"/></dt>
            <dd>
              <xsl:for-each select="request[@open]">
                <span><a href="{@href}"><xsl:value-of select="@number"/></a></span>
                <span><m:text key="detail.open-what"><m:arg name="kind" select="@kind"/><m:arg name="date" select="@executed"/></m:text></span>
              </xsl:for-each>
            </dd>
          </div>
        </xsl:for-each>
        <div><dt><m:text key="detail.traffic"/></dt><dd><b class="s {@traffic}"><xsl:value-of select="@traffic-text"/></b><span><xsl:value-of select="@traffic-help"/></span></dd></div>
      </dl>
    </div>
  </xsl:template>

  <xsl:template match="line" mode="line-detail-registered">
    <section class="card full">
      <h2><m:text key="detail.registered"/></h2>
      <dl class="facts columns">
        <xsl:call-template name="fact">
          <xsl:with-param name="label" m:select="line.customer"/>
          <xsl:with-param name="value" select="@customer"/>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="label" m:select="detail.project"/>
          <xsl:with-param name="value" select="@project"/>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="label" m:select="line.phone"/>
          <xsl:with-param name="value" select="@phone"/>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="label" m:select="line.serial"/>
          <xsl:with-param name="value" select="@serial"/>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="label" m:select="detail.iccid"/>
          <xsl:with-param name="value" select="@iccid"/>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="label" m:select="detail.card-kind"/>
          <xsl:with-param name="value" select="@kind-text"/>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="label" m:select="detail.card-size"/>
          <xsl:with-param name="value" select="@size-text"/>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="label" m:select="detail.service"/>
          <xsl:with-param name="value" select="@service"/>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="label" m:select="line.plan"/>
          <xsl:with-param name="value" select="@plan"/>
        </xsl:call-template>
        <div>
          <dt><m:text key="line.option"/></dt>
          <dd><xsl:for-each select="../options/option"><span class="item"><xsl:value-of select="@text"/></span></xsl:for-each></dd>
        </div>
        <div>
          <dt><m:text key="detail.group"/></dt>
          <dd>
            <xsl:value-of select="@group"/>
            <xsl:if test="not(@group != '')"><m:text key="detail.group-none"/></xsl:if>
          </dd>
        </div>
        <xsl:call-template name="fact">
          <xsl:with-param name="label" m:select="detail.registered-on"/>
          <xsl:with-param name="value" select="@registered"/>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="label" m:select="detail.activated"/>
          <xsl:with-param name="value" select="@activated"/>
        </xsl:call-template>
        <xsl:if test="@terminated != ''">
          <xsl:call-template name="fact">
            <xsl:with-param name="label" m:select="detail.terminated"/>
            <xsl:with-param name="value" select="@terminated"/>
          </xsl:call-template>
        </xsl:if>
      </dl>
    </section>
  </xsl:template>

  <xsl:template match="usage" mode="line-detail">
    <section class="card">
      <h2><m:text key="detail.usage"><m:arg name="month" select="@month"/></m:text></h2>
      <xsl:call-template name="bar">
        <xsl:with-param name="percent" select="@percent"/>
        <xsl:with-param name="level" select="@level"/>
      </xsl:call-template>
      <dl class="facts">
        <div><dt><m:text key="line.usage"/></dt><dd><xsl:value-of select="concat(@used, '/', @capacity)"/></dd></div>
        <div><dt><m:text key="line.remaining"/></dt><dd><xsl:value-of select="@remaining"/></dd></div>
      </dl>
      <xsl:call-template name="as-of"/>
      <p class="hint"><m:text key="frame.gigabyte"/></p>
    </section>
  </xsl:template>

  <xsl:template match="recharges" mode="line-detail">
    <section class="card">
      <h2><m:text key="detail.recharges"/></h2>
      <xsl:choose>
        <xsl:when test="recharge">
          <div class="scroll" tabindex="0" role="region" m:aria-label="detail.recharges">
            <table>
              <thead>
                <tr>
                  <th scope="col"><m:text key="detail.recharge-capacity"/></th>
                  <th scope="col"><m:text key="detail.recharge-remaining"/></th>
                  <th scope="col"><m:text key="detail.recharge-from"/></th>
                  <th scope="col"><m:text key="detail.recharge-until"/></th>
                </tr>
              </thead>
              <tbody>
                <xsl:for-each select="recharge">
                  <tr>
                    <td><xsl:value-of select="@capacity"/></td>
                    <td><xsl:value-of select="@remaining"/><xsl:if test="@resting"><small><m:text key="detail.recharge-resting"/></small></xsl:if></td>
                    <td><xsl:value-of select="@from"/></td>
                    <td><xsl:value-of select="@until"/></td>
                  </tr>
                </xsl:for-each>
              </tbody>
            </table>
          </div>
        </xsl:when>
        <xsl:otherwise><p class="empty"><m:text key="detail.recharge-none"/></p></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <xsl:template match="requests" mode="line-detail">
    <section class="card full" id="requests">
      <h2><m:text key="detail.requests"/></h2>
      <xsl:if test="@choose"><xsl:call-template name="choose-customer"/></xsl:if>
      <xsl:if test="kind">
        <form class="asks" method="post" action="/drafts">
          <xsl:call-template name="csrf"/>
          <input type="hidden" name="line" value="{@id}"/>
          <xsl:call-template name="ask"><xsl:with-param name="label" m:select="detail.ask"/></xsl:call-template>
        </form>
      </xsl:if>
      <xsl:choose>
        <xsl:when test="request">
          <div class="scroll" tabindex="0" role="region" m:aria-label="detail.requests">
            <table class="requests">
              <thead>
                <tr>
                  <th scope="col"><m:text key="field.request-number"/></th>
                  <th scope="col"><m:text key="field.request-kind"/></th>
                  <th scope="col"><m:text key="field.received"/></th>
                  <th scope="col"><m:text key="field.executed"/></th>
                  <th scope="col"><m:text key="request.result"/></th>
                </tr>
              </thead>
              <tbody>
                <xsl:for-each select="request">
                  <tr>
                    <th scope="row"><a href="{@href}"><xsl:value-of select="@number"/></a></th>
                    <td><xsl:value-of select="@kind"/></td>
                    <td><xsl:value-of select="@received"/></td>
                    <td><xsl:value-of select="@executed"/></td>
                    <td class="s {@result}"><xsl:value-of select="@result-text"/><xsl:if test="@reason"><small><xsl:value-of select="@reason"/></small></xsl:if></td>
                  </tr>
                </xsl:for-each>
              </tbody>
            </table>
          </div>
          <xsl:if test="request[@open]"><p><a href="{@schedule}"><m:text key="detail.schedule"/></a></p></xsl:if>
        </xsl:when>
        <xsl:otherwise><p class="empty"><m:text key="detail.requests-none"/></p></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <xsl:template match="protection" mode="line-detail">
    <section class="card" id="protection">
      <h2><m:text key="detail.protection"/></h2>
      <p><strong><xsl:value-of select="@text"/></strong></p>
      <p class="hint"><m:text key="detail.protection-help"/></p>
      <xsl:if test="@action">
        <form method="post" action="{@action}">
          <xsl:call-template name="csrf"/>
          <p class="buttons">
            <xsl:choose>
              <xsl:when test="@on"><button name="on" value="0"><m:text key="detail.protection-clear"/></button></xsl:when>
              <xsl:otherwise><button name="on" value="1"><m:text key="detail.protection-set"/></button></xsl:otherwise>
            </xsl:choose>
          </p>
        </form>
      </xsl:if>
    </section>
  </xsl:template>

  <xsl:template match="esim" mode="line-detail">
    <section class="card" id="esim">
      <h2><m:text key="esim.title"/></h2>
      <p><span class="masked" aria-hidden="true">••••••••••••</span><m:text key="esim.masked"/></p>
      <p class="hint"><m:text key="esim.lead"/></p>
      <form method="post" action="{@action}">
        <xsl:call-template name="csrf"/>
        <p class="buttons"><button><m:text key="esim.reveal"/></button></p>
      </form>
    </section>
  </xsl:template>

  <xsl:template name="line-detail.note">
    <section class="card" id="note">
      <h2><m:text key="detail.note"/></h2>
      <xsl:choose>
        <xsl:when test="edit">
          <form class="stack" method="post" action="{edit/@action}" novalidate="novalidate">
            <xsl:call-template name="csrf"/>
            <xsl:for-each select="edit"><xsl:call-template name="hiddens"/></xsl:for-each>
            <p class="hint"><m:text key="detail.note-help"/></p>
            <xsl:call-template name="field">
              <xsl:with-param name="field" select="edit/field[@name = 'label']"/>
              <xsl:with-param name="label" m:select="field.label"/>
              <xsl:with-param name="hint"><m:text key="form.max"><m:arg name="max" select="edit/field[@name = 'label']/@max"/></m:text></xsl:with-param>
            </xsl:call-template>
            <xsl:call-template name="field">
              <xsl:with-param name="field" select="edit/field[@name = 'memo']"/>
              <xsl:with-param name="label" m:select="field.memo"/>
              <xsl:with-param name="type" select="'textarea'"/>
              <xsl:with-param name="hint"><m:text key="form.max"><m:arg name="max" select="edit/field[@name = 'memo']/@max"/></m:text></xsl:with-param>
            </xsl:call-template>
            <p class="buttons"><button class="primary"><m:text key="form.save"/></button></p>
          </form>
        </xsl:when>
        <xsl:otherwise>
          <dl class="facts wide">
            <xsl:call-template name="fact">
              <xsl:with-param name="label" m:select="field.label"/>
              <xsl:with-param name="value" select="line/@label"/>
            </xsl:call-template>
            <xsl:call-template name="fact">
              <xsl:with-param name="label" m:select="field.memo"/>
              <xsl:with-param name="value" select="line/@memo"/>
            </xsl:call-template>
          </dl>
        </xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <xsl:template match="cards" mode="line-detail">
    <section class="card full">
      <h2><m:text key="detail.cards"/></h2>
      <div class="scroll" tabindex="0" role="region" m:aria-label="detail.cards">
        <table>
          <thead>
            <tr>
              <th scope="col"><m:text key="line.serial"/></th>
              <th scope="col"><m:text key="detail.iccid"/></th>
              <th scope="col"><m:text key="detail.card-kind"/></th>
              <th scope="col"><m:text key="detail.card-size"/></th>
              <th scope="col"><m:text key="detail.from"/></th>
              <th scope="col"><m:text key="detail.to"/></th>
            </tr>
          </thead>
          <tbody>
            <xsl:for-each select="card">
              <tr>
                <th scope="row"><xsl:value-of select="@serial"/></th>
                <td><xsl:value-of select="@iccid"/></td>
                <td><xsl:value-of select="@kind-text"/></td>
                <td><xsl:value-of select="@size-text"/></td>
                <td><xsl:value-of select="@from"/></td>
                <td><xsl:value-of select="@to"/><xsl:if test="@now"><m:text key="detail.card-now"/></xsl:if></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </div>
    </section>
  </xsl:template>

  <xsl:template match="events" mode="line-detail">
    <section class="card full">
      <h2><m:text key="detail.events"/></h2>
      <xsl:choose>
        <xsl:when test="event">
          <div class="scroll" tabindex="0" role="region" m:aria-label="detail.events">
            <table class="events">
              <thead>
                <tr>
                  <th scope="col"><m:text key="detail.event-at"/></th>
                  <th scope="col"><m:text key="detail.event-what"/></th>
                  <th scope="col"><m:text key="detail.event-from"/></th>
                  <th scope="col"><m:text key="detail.event-to"/></th>
                  <th scope="col"><m:text key="detail.event-who"/></th>
                </tr>
              </thead>
              <tbody>
                <xsl:for-each select="event">
                  <tr>
                    <td><xsl:value-of select="@at"/></td>
                    <td><xsl:value-of select="@what"/></td>
                    <td><xsl:value-of select="@from"/></td>
                    <td><xsl:value-of select="@to"/><xsl:if test="@note"><small><xsl:value-of select="@note"/></small></xsl:if></td>
                    <td><xsl:value-of select="@who"/></td>
                  </tr>
                </xsl:for-each>
              </tbody>
            </table>
          </div>
        </xsl:when>
        <xsl:otherwise><p class="empty"><m:text key="detail.event-none"/></p></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!--
  request-detail: 依頼詳細, titled by its kind. While it is carried out the script asks for it again (data-refresh) and
  replaces the parts that have changed (data-part); without script the page is loaded again (/page/@refresh).

  <request-detail number="…" status="processing" status-text="処理中" follow="/requests/…?done=1" done="1" list="/requests" again="/requests/new">
    follow: its own address, while it is due; done: it has just been made
    <said kind="good" text="依頼を受け付けました。"/>                       what has just been done
    <outlook kind="danger" text="一部異常終了：…" next="…" more="3"><named phone="…" reason="…"/>…</outlook>
    <facts><fact label="…" value="…"/>…</facts>
    <total yen="900" tax="90" sum="990"/>                                  absent when nothing is to be paid
    <tally items="100" done="40" open="58" failed="1" left="1" percent="42"/>
    <actions edit="/requests/…/edit" cancel="/requests/…/cancel" until="2026/11/30" choose="/customers/12/requests/…"/>
      choose: all customers are looked at; the same page of the request's own customer
    <numbers total="100" first="1" last="50" page="1" pages="2" only="failed"
             csv="/requests/…/numbers.csv" csv-wrong="…?only=wrong" all="…" failed="…?only=failed" left="…?only=left">
      all, failed, left: what else can be shown
      <pager …/><item href="/sims/12" phone="…" serial="…" plan="…" size="…" option="…" result="done" result-text="完了" reason="…"/>…
    </numbers>
    <event at="2026/11/25 10:00" what="受付" who="admin"/>…
  </request-detail>
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template name="page.request-detail">
    <xsl:if test="@done"><xsl:call-template name="steps"><xsl:with-param name="current" select="3"/></xsl:call-template></xsl:if>
    <section class="card" id="progress" data-part="" aria-live="polite">
      <xsl:if test="@follow"><xsl:attribute name="data-refresh"><xsl:value-of select="@follow"/></xsl:attribute></xsl:if>
      <h2><m:text key="request.progress"/></h2>
      <xsl:for-each select="said"><p class="notice {@kind}" role="status"><xsl:value-of select="@text"/></p></xsl:for-each>
      <p><b class="s {@status}"><xsl:value-of select="@status-text"/></b></p>
      <xsl:for-each select="tally">
        <xsl:call-template name="bar"><xsl:with-param name="percent" select="@percent"/><xsl:with-param name="level" select="''"/></xsl:call-template>
        <p>
          <m:text key="request.tally">
            <m:arg name="items" select="@items"/><m:arg name="done" select="@done"/><m:arg name="open" select="@open"/>
            <m:arg name="failed" select="@failed"/><m:arg name="left" select="@left"/>
          </m:text>
        </p>
      </xsl:for-each>
      <xsl:apply-templates select="outlook" mode="request"/>
      <xsl:if test="@follow"><noscript><p><a href="{@follow}"><m:text key="request.look-again"/></a></p></noscript></xsl:if>
      <xsl:for-each select="actions[@choose]"><xsl:call-template name="choose-customer"/></xsl:for-each>
      <xsl:for-each select="actions[@edit or @cancel]">
        <div class="buttons">
          <xsl:if test="@edit">
            <form method="post" action="{@edit}"><xsl:call-template name="csrf"/><button><m:text key="request.edit"/></button></form>
          </xsl:if>
          <xsl:if test="@cancel"><a class="button" href="{@cancel}"><m:text key="request.cancel"/></a></xsl:if>
          <xsl:if test="@until"><span class="hint"><m:text key="request.until"><m:arg name="date" select="@until"/></m:text></span></xsl:if>
        </div>
      </xsl:for-each>
      <xsl:if test="@done">
        <p class="buttons">
          <a class="button" href="{@list}"><m:text key="request.to-list"/></a>
          <xsl:if test="@again"><a class="button" href="{@again}"><m:text key="request.again"/></a></xsl:if>
        </p>
      </xsl:if>
    </section>
    <section class="card" id="content" data-part="">
      <h2><m:text key="request.content"/></h2>
      <xsl:apply-templates select="facts" mode="request"/>
      <xsl:apply-templates select="total" mode="request"/>
    </section>
    <section id="numbers" data-part="">
      <h2><m:text key="request.numbers"/></h2>
      <xsl:for-each select="numbers">
        <div class="tools">
          <xsl:if test="@all"><a class="button" href="{@all}"><m:text key="draft.show-all"/></a></xsl:if>
          <xsl:if test="@failed"><a class="button" href="{@failed}"><m:text key="request.show-failed"/></a></xsl:if>
          <xsl:if test="@left"><a class="button" href="{@left}"><m:text key="request.show-left"/></a></xsl:if>
          <xsl:apply-templates select="pager"/>
          <p class="shown"><m:text key="list.shown"><m:arg name="n" select="@total"/><m:arg name="first" select="@first"/><m:arg name="last" select="@last"/></m:text></p>
          <p class="downloads">
            <a class="button" href="{@csv}" download="download"><m:text key="request.csv"/></a>
            <xsl:if test="@csv-wrong"><a class="button" href="{@csv-wrong}" download="download"><m:text key="request.csv-wrong"/></a></xsl:if>
          </p>
        </div>
        <xsl:if test="not(item)"><p class="empty"><m:text key="request.no-items"/></p></xsl:if>
        <div class="scroll" tabindex="0" role="region" m:aria-label="request.numbers">
          <table class="requests">
            <thead>
              <tr>
                <th scope="col"><m:text key="line.phone"/></th><th scope="col"><m:text key="line.serial"/></th>
                <th scope="col"><m:text key="request.plan"/></th><th scope="col"><m:text key="detail.card-size"/></th>
                <th scope="col"><m:text key="line.option"/></th><th scope="col"><m:text key="request.result"/></th>
              </tr>
            </thead>
            <tbody>
              <xsl:for-each select="item">
                <tr>
                  <td><xsl:value-of select="@phone"/></td>
                  <th><a href="{@href}"><xsl:value-of select="@serial"/></a></th>
                  <td><xsl:value-of select="@plan"/></td>
                  <td><xsl:value-of select="@size"/></td>
                  <td><xsl:value-of select="@option"/></td>
                  <td class="s {@result}"><xsl:value-of select="@result-text"/><xsl:if test="@reason"><small><xsl:value-of select="@reason"/></small></xsl:if></td>
                </tr>
              </xsl:for-each>
            </tbody>
          </table>
        </div>
      </xsl:for-each>
    </section>
    <section class="card" id="history" data-part="">
      <h2><m:text key="request.history"/></h2>
      <ul class="events">
        <xsl:for-each select="event">
          <li><xsl:value-of select="concat(@at, ' ', @what)"/><small><xsl:value-of select="@who"/></small></li>
        </xsl:for-each>
      </ul>
    </section>
  </xsl:template>

  <xsl:template match="outlook" mode="request">
    <div class="notice {@kind}">
      <p><xsl:value-of select="@text"/></p>
      <xsl:if test="named">
        <ul>
          <xsl:for-each select="named"><li><m:text key="request.named"><m:arg name="phone" select="@phone"/><m:arg name="reason" select="@reason"/></m:text></li></xsl:for-each>
          <xsl:if test="@more"><li><m:text key="request.named-more"><m:arg name="n" select="@more"/></m:text></li></xsl:if>
        </ul>
      </xsl:if>
      <xsl:if test="@next"><p><xsl:value-of select="@next"/></p></xsl:if>
    </div>
  </xsl:template>

  <!-- A fact of a change has @before where it differs, else @same. -->
  <xsl:template match="facts" mode="request">
    <dl class="facts">
      <xsl:for-each select="fact">
        <xsl:choose>
          <xsl:when test="@before or @same">
            <div>
              <dt><xsl:value-of select="@label"/></dt>
              <dd>
                <xsl:if test="@before">
                  <span class="before"><span class="hide"><m:text key="draft.before"/> </span><xsl:value-of select="@before"/><xsl:if test="@before = ''"><m:text key="detail.empty"/></xsl:if></span>
                  <span aria-hidden="true"> → </span>
                  <b><span class="hide"><m:text key="draft.after"/> </span><xsl:value-of select="@value"/><xsl:if test="@value = ''"><m:text key="detail.empty"/></xsl:if></b>
                </xsl:if>
                <xsl:if test="@same"><xsl:value-of select="@value"/><xsl:if test="@value = ''"><m:text key="detail.empty"/></xsl:if><small class="hint"><m:text key="draft.same"/></small></xsl:if>
              </dd>
            </div>
          </xsl:when>
          <xsl:otherwise>
            <xsl:call-template name="fact">
              <xsl:with-param name="label" select="@label"/>
              <xsl:with-param name="value" select="@value"/>
            </xsl:call-template>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </dl>
  </xsl:template>

  <xsl:template match="total" mode="request">
    <p class="total">
      <m:text key="request.total">
        <m:arg name="yen" select="@yen"/><m:arg name="tax" select="@tax"/><m:arg name="sum" select="@sum"/>
      </m:text>
    </p>
  </xsl:template>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!--
  draft-confirm: 確認: what would become of each SIM, what it costs, why one is refused.

  <draft-confirm kind-text="一時停止" lines="12" good="10" refused="2" is-refused="1" is-good="1" form="/drafts/5"
                 confirm="/drafts/5/confirm" show-refused="…" show-all="…" many="1" change="1" until="…" date-error="…">
    <facts>…</facts> <total …/> <hidden …/>…
    <numbers total="12" first="1" last="12" only="1" date="2026/12/01" each="300" csv="…" csv-wrong="…"><pager …/>
      each: what each SIM costs, absent when nothing is to be paid
      <line phone serial plan size option state state-text to to-text refused="1" reason="…"/>…</numbers>
  </draft-confirm>
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template name="page.draft-confirm">
    <xsl:call-template name="steps"><xsl:with-param name="current" select="2"/></xsl:call-template>
    <div class="card">
      <xsl:apply-templates select="facts" mode="request"/>
      <p><b><m:text key="draft.count"><m:arg name="n" select="@lines"/></m:text></b></p>
      <xsl:if test="@many"><p class="notice warning"><m:text key="draft.many"/></p></xsl:if>
      <xsl:if test="@is-refused">
        <p class="notice danger">
          <m:text key="draft.refused"><m:arg name="n" select="@refused"/><m:arg name="good" select="@good"/></m:text>
          <a class="after" href="{@show-refused}"><m:text key="draft.show-refused"/></a>
        </p>
      </xsl:if>
      <xsl:if test="@date-error"><p class="notice danger"><xsl:value-of select="@date-error"/></p></xsl:if>
      <xsl:apply-templates select="total" mode="request"/>
      <form method="post" action="{@confirm}">
        <xsl:call-template name="csrf"/>
        <xsl:call-template name="hiddens"/>
        <xsl:if test="not(@is-refused or @date-error)">
          <p class="hint"><m:text key="draft.confirm-note"/></p>
          <p class="hint"><xsl:value-of select="@until"/></p>
        </xsl:if>
        <p class="buttons">
          <xsl:choose>
            <xsl:when test="@date-error"/>
            <xsl:when test="not(@is-refused)"><button class="primary" name="go" value="submit"><m:text key="draft.submit"/></button></xsl:when>
            <xsl:when test="@is-good"><button class="primary" name="go" value="good"><m:text key="draft.only-good"><m:arg name="n" select="@good"/></m:text></button></xsl:when>
          </xsl:choose>
          <a class="button" href="{@form}"><m:text key="form.back"/></a>
        </p>
      </form>
    </div>
    <xsl:for-each select="numbers">
      <div class="tools">
        <xsl:if test="@only"><a class="button" href="{../@show-all}"><m:text key="draft.show-all"/></a></xsl:if>
        <xsl:apply-templates select="pager"/>
        <p class="shown"><m:text key="list.shown"><m:arg name="n" select="@total"/><m:arg name="first" select="@first"/><m:arg name="last" select="@last"/></m:text></p>
        <p class="downloads">
          <a class="button" href="{@csv}" download="download"><m:text key="draft.csv"/></a>
          <xsl:if test="@csv-wrong"><a class="button" href="{@csv-wrong}" download="download"><m:text key="draft.csv-refused"/></a></xsl:if>
        </p>
      </div>
      <div class="scroll" tabindex="0" role="region" m:aria-label="request.numbers">
        <table class="requests">
          <thead>
            <tr>
              <th scope="col"><m:text key="line.phone"/></th><th scope="col"><m:text key="line.serial"/></th>
              <th scope="col"><m:text key="line.plan"/></th><th scope="col"><m:text key="draft.now"/></th>
              <th scope="col"><m:text key="draft.then"/></th>
              <th scope="col"><m:text key="draft.date"/></th>
              <xsl:if test="@each"><th scope="col"><m:text key="draft.price"/></th></xsl:if>
              <th scope="col"><m:text key="draft.verdict"/></th>
            </tr>
          </thead>
          <tbody>
            <xsl:for-each select="line">
              <tr>
                <th><xsl:value-of select="@phone"/></th>
                <td><xsl:value-of select="@serial"/></td>
                <td><xsl:value-of select="@plan"/></td>
                <td class="s {@state}"><xsl:value-of select="@state-text"/></td>
                <td><xsl:if test="@to"><span class="s {@to}"><xsl:value-of select="@to-text"/></span></xsl:if></td>
                <td><xsl:if test="not(@refused)"><xsl:value-of select="../@date"/></xsl:if></td>
                <xsl:if test="../@each">
                  <td class="n"><xsl:if test="not(@refused)"><m:text key="draft.yen"><m:arg name="yen" select="../@each"/></m:text></xsl:if></td>
                </xsl:if>
                <td>
                  <xsl:choose>
                    <xsl:when test="@refused"><b class="error"><m:text key="draft.no"/></b></xsl:when>
                    <xsl:otherwise><m:text key="draft.yes"/></xsl:otherwise>
                  </xsl:choose>
                  <xsl:if test="@reason"><small><xsl:value-of select="@reason"/></small></xsl:if>
                </td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </div>
    </xsl:for-each>
  </xsl:template>

</xsl:stylesheet>

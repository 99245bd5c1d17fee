<?xml version="1.0" encoding="UTF-8"?>
<!--
  components.xsl: what pages are made of: form fields, pager, sortable column heads, facts, bars of usage.
  Texts are given by the page that calls.

  <field name="login_id" value="…" error="…" required="1" max="64"/>    absent attributes: none
  <choice name="state" error="…" required="1"><option value="active" text="…" selected="1"/>…</choice>
  <hidden name="sort" value="phone"/>
  The input's id is f-NAME, so that the summary of errors leads to it.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <!-- Every form that posts carries it. -->
  <xsl:template name="csrf">
    <input type="hidden" name="csrf" value="{/page/@csrf}"/>
  </xsl:template>

  <!-- A list as a file, in both charsets: @csv, @csv-cp932. -->
  <xsl:template name="downloads">
    <p class="downloads">
      <span><m:text key="list.downloads"/></span>
      <a class="button" href="{@csv}" download="download"><m:text key="list.csv"/></a>
      <a class="button" href="{@csv-cp932}" download="download"><m:text key="list.csv-cp932"/></a>
    </p>
  </xsl:template>

  <!-- What SIMs may be asked for, to choose from: <kind code="suspend" text="一時停止"/>…; the button goes on to the draft. -->
  <xsl:template name="ask">
    <xsl:param name="label"/>
    <p class="ask">
      <label for="f-kind"><xsl:value-of select="$label"/></label>
      <select id="f-kind" name="kind">
        <xsl:for-each select="kind"><option value="{@code}"><xsl:value-of select="@text"/></option></xsl:for-each>
      </select>
      <button><m:text key="request.go-on"/></button>
    </p>
  </xsl:template>

  <!-- All customers are looked at: one must be chosen before anything can be asked for. @choose leads to where. -->
  <xsl:template name="choose-customer">
    <p class="ask">
      <span><m:text key="request.choose-customer"/></span>
      <a class="button" href="{@choose}"><m:text key="frame.customer-choose"/></a>
    </p>
  </xsl:template>

  <xsl:template name="hiddens">
    <xsl:for-each select="hidden"><input type="hidden" name="{@name}" value="{@value}"/></xsl:for-each>
  </xsl:template>

  <!-- A line of text; type="textarea" for several lines, type="password" for a secret (never cut, never shown). -->
  <xsl:template name="field">
    <xsl:param name="field"/>
    <xsl:param name="label"/>
    <xsl:param name="hint"/>
    <xsl:param name="type" select="'text'"/>
    <xsl:param name="autocomplete" select="'off'"/>
    <xsl:variable name="name" select="string($field/@name)"/>
    <div class="field">
      <xsl:call-template name="field-label">
        <xsl:with-param name="field" select="$field"/>
        <xsl:with-param name="label" select="$label"/>
      </xsl:call-template>
      <xsl:choose>
        <xsl:when test="$type = 'textarea'">
          <textarea id="f-{$name}" name="{$name}" rows="4">
            <xsl:call-template name="field-state">
              <xsl:with-param name="field" select="$field"/>
              <xsl:with-param name="hint" select="$hint"/>
            </xsl:call-template>
            <!-- Browsers drop a line break right after the tag: one more keeps the person's own. -->
            <xsl:value-of select="concat('&#10;', $field/@value)"/>
          </textarea>
        </xsl:when>
        <xsl:when test="$type = 'password'">
          <span class="secret" m:data-show="login.show" m:data-hide="login.hide">
            <input type="password" id="f-{$name}" name="{$name}" autocomplete="{$autocomplete}" spellcheck="false" autocapitalize="none">
              <xsl:call-template name="field-state">
                <xsl:with-param name="field" select="$field"/>
                <xsl:with-param name="hint" select="$hint"/>
              </xsl:call-template>
            </input>
          </span>
        </xsl:when>
        <xsl:otherwise>
          <input type="{$type}" id="f-{$name}" name="{$name}" value="{$field/@value}" autocomplete="{$autocomplete}" spellcheck="false" autocapitalize="none">
            <xsl:call-template name="field-state">
              <xsl:with-param name="field" select="$field"/>
              <xsl:with-param name="hint" select="$hint"/>
            </xsl:call-template>
          </input>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:call-template name="field-words">
        <xsl:with-param name="field" select="$field"/>
        <xsl:with-param name="hint" select="$hint"/>
      </xsl:call-template>
    </div>
  </xsl:template>

  <!--
    The conditions above a list, in their order: <condition name="phone" text="電話番号" value="…" hint="※部分一致" error="…"/>,
    or one of several: <condition name="plan" text="契約プラン" choose="1" any="指定なし" error="…"><option …/></condition>.
    hint, any, error: absent when there is none. Lean, as a loop that asks for attributes alone (loop.h).
  -->
  <xsl:template name="conditions">
    <xsl:for-each select="condition">
      <div class="field">
        <label for="f-{@name}"><xsl:value-of select="@text"/></label>
        <xsl:for-each select="@hint"><small class="hint" id="h-{../@name}"><xsl:value-of select="."/></small></xsl:for-each>
        <xsl:choose>
          <xsl:when test="@choose">
            <select id="f-{@name}" name="{@name}">
              <xsl:call-template name="condition-state"/>
              <xsl:for-each select="@any"><option value=""><xsl:value-of select="."/></option></xsl:for-each>
              <xsl:call-template name="options"/>
            </select>
          </xsl:when>
          <xsl:otherwise>
            <input type="text" id="f-{@name}" name="{@name}" value="{@value}"><xsl:call-template name="condition-state"/></input>
          </xsl:otherwise>
        </xsl:choose>
        <xsl:for-each select="@error"><p class="error" id="e-{../@name}"><xsl:value-of select="."/></p></xsl:for-each>
      </div>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="condition-state">
    <xsl:choose>
      <xsl:when test="@error">
        <xsl:attribute name="aria-invalid">true</xsl:attribute>
        <xsl:attribute name="aria-describedby">e-<xsl:value-of select="@name"/><xsl:if test="@hint"> h-<xsl:value-of select="@name"/></xsl:if></xsl:attribute>
      </xsl:when>
      <xsl:otherwise>
        <xsl:if test="@hint"><xsl:attribute name="aria-describedby">h-<xsl:value-of select="@name"/></xsl:attribute></xsl:if>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="options">
    <xsl:for-each select="option">
      <option value="{@value}">
        <xsl:if test="@selected"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
        <xsl:value-of select="@text"/>
      </option>
    </xsl:for-each>
  </xsl:template>

  <!-- One of a list, or none as long as it is not required. -->
  <xsl:template name="choice">
    <xsl:param name="field"/>
    <xsl:param name="label"/>
    <xsl:param name="hint"/>
    <div class="field">
      <xsl:call-template name="field-label">
        <xsl:with-param name="field" select="$field"/>
        <xsl:with-param name="label" select="$label"/>
      </xsl:call-template>
      <select id="f-{$field/@name}" name="{$field/@name}" autocomplete="off">
        <xsl:call-template name="field-state">
          <xsl:with-param name="field" select="$field"/>
          <xsl:with-param name="hint" select="$hint"/>
        </xsl:call-template>
        <option value="">
          <xsl:choose>
            <xsl:when test="$field/@required"><m:text key="form.choose"/></xsl:when>
            <xsl:otherwise><m:text key="form.any"/></xsl:otherwise>
          </xsl:choose>
        </option>
        <xsl:for-each select="$field"><xsl:call-template name="options"/></xsl:for-each>
      </select>
      <xsl:call-template name="field-words">
        <xsl:with-param name="field" select="$field"/>
        <xsl:with-param name="hint" select="$hint"/>
      </xsl:call-template>
    </div>
  </xsl:template>

  <xsl:template name="field-label">
    <xsl:param name="field"/>
    <xsl:param name="label"/>
    <label for="f-{$field/@name}">
      <xsl:value-of select="$label"/>
      <xsl:if test="$field/@required"><b class="required">※</b></xsl:if>
    </label>
  </xsl:template>

  <!-- The attributes that tell a browser and a screen reader what a field needs and what is wrong with it. -->
  <xsl:template name="field-state">
    <xsl:param name="field"/>
    <xsl:param name="hint"/>
    <xsl:variable name="wrong" select="$field/@error != ''"/>
    <xsl:if test="$field/@required"><xsl:attribute name="required">required</xsl:attribute></xsl:if>
    <xsl:if test="$wrong"><xsl:attribute name="aria-invalid">true</xsl:attribute></xsl:if>
    <xsl:if test="$wrong or $hint != ''">
      <xsl:attribute name="aria-describedby">
        <xsl:if test="$wrong"><xsl:value-of select="concat('e-', $field/@name)"/></xsl:if>
        <xsl:if test="$wrong and $hint != ''"><xsl:text> </xsl:text></xsl:if>
        <xsl:if test="$hint != ''"><xsl:value-of select="concat('h-', $field/@name)"/></xsl:if>
      </xsl:attribute>
    </xsl:if>
  </xsl:template>

  <xsl:template name="field-words">
    <xsl:param name="field"/>
    <xsl:param name="hint"/>
    <xsl:if test="$field/@error != ''">
      <p class="error" id="e-{$field/@name}"><xsl:value-of select="$field/@error"/></p>
    </xsl:if>
    <xsl:if test="$hint != ''">
      <p class="hint" id="h-{$field/@name}"><xsl:value-of select="$hint"/></p>
    </xsl:if>
  </xsl:template>

  <!-- The heads of columns: <column text="…" href="…" sorted="ascending"/>…; without href it does not sort. -->
  <xsl:template name="columns">
    <xsl:for-each select="column">
      <th scope="col">
        <xsl:if test="@sorted"><xsl:attribute name="aria-sort"><xsl:value-of select="@sorted"/></xsl:attribute></xsl:if>
        <xsl:choose>
          <xsl:when test="@href"><a href="{@href}"><xsl:value-of select="@text"/></a></xsl:when>
          <xsl:otherwise><xsl:value-of select="@text"/></xsl:otherwise>
        </xsl:choose>
      </th>
    </xsl:for-each>
  </xsl:template>

  <!--
    <pager previous="…" next="…"><page n="1" href="…"/><page gap="1"/><page n="12" href="…" current="1"/>…
      <jump action="/sims" max="2000"><hidden name="…" value="…"/>…</jump></pager>      jump: only with many pages
  -->
  <xsl:template match="pager">
    <xsl:param name="label" m:select="list.pages"/>
    <nav class="pager" aria-label="{$label}">
      <ul>
        <xsl:if test="@previous"><li><a rel="prev" href="{@previous}"><m:text key="list.previous"/></a></li></xsl:if>
        <xsl:for-each select="page">
          <xsl:choose>
            <xsl:when test="@gap"><li class="gap">…</li></xsl:when>
            <xsl:otherwise>
              <li>
                <a href="{@href}">
                  <xsl:if test="@current"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
                  <m:attribute name="aria-label" key="list.page"><m:arg name="n" select="@n"/></m:attribute>
                  <xsl:value-of select="@n"/>
                </a>
              </li>
            </xsl:otherwise>
          </xsl:choose>
        </xsl:for-each>
        <xsl:if test="@next"><li><a rel="next" href="{@next}"><m:text key="list.next"/></a></li></xsl:if>
      </ul>
      <xsl:for-each select="jump">
        <form method="get" action="{@action}">
          <xsl:call-template name="hiddens"/>
          <input type="text" inputmode="numeric" name="page" size="4" m:aria-label="list.jump" autocomplete="off"/>
          <button><m:text key="list.go"/></button>
        </form>
      </xsl:for-each>
    </nav>
  </xsl:template>

  <!-- <sizes><size n="50" href="…" current="1"/>…</sizes> -->
  <xsl:template match="sizes">
    <nav class="pager" m:aria-label="list.size">
      <span aria-hidden="true"><m:text key="list.size"/></span>
      <ul>
        <xsl:for-each select="size">
          <li>
            <a href="{@href}">
              <xsl:if test="@current"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if>
              <xsl:value-of select="@n"/>
            </a>
          </li>
        </xsl:for-each>
      </ul>
    </nav>
  </xsl:template>

  <!-- One line of a <dl class="facts">. An empty value is shown as a dash, so that it is seen to be empty. -->
  <xsl:template name="fact">
    <xsl:param name="label"/>
    <xsl:param name="value"/>
    <div>
      <dt><xsl:value-of select="$label"/></dt>
      <dd>
        <xsl:value-of select="$value"/>
        <xsl:if test="string($value) = ''"><m:text key="detail.empty"/></xsl:if>
      </dd>
    </div>
  </xsl:template>

  <!-- How much of a capacity is used, as a bar: percent is a number, level "", "low" or "none" (what remains). -->
  <xsl:template name="bar">
    <xsl:param name="percent"/>
    <xsl:param name="level"/>
    <svg class="bar {$level}" aria-hidden="true"><rect width="{$percent}%" height="100%"></rect></svg>
  </xsl:template>

  <!-- 1 入力, 2 確認, 3 完了: where the person is. -->
  <xsl:template name="steps">
    <xsl:param name="current"/>
    <ol class="steps">
      <li><xsl:if test="$current = 1"><xsl:attribute name="aria-current">step</xsl:attribute></xsl:if><m:text key="step.input"/></li>
      <li><xsl:if test="$current = 2"><xsl:attribute name="aria-current">step</xsl:attribute></xsl:if><m:text key="step.confirm"/></li>
      <li><xsl:if test="$current = 3"><xsl:attribute name="aria-current">step</xsl:attribute></xsl:if><m:text key="step.done"/></li>
    </ol>
  </xsl:template>

  <!-- When figures of usage were last loaded; as-of="11:25" on the element at hand, stale="1" when too long ago. -->
  <xsl:template name="as-of">
    <xsl:choose>
      <xsl:when test="@stale">
        <p class="notice warning"><m:text key="frame.stale"><m:arg name="time" select="@as-of"/></m:text></p>
      </xsl:when>
      <xsl:when test="@as-of">
        <p class="asof"><m:text key="frame.asof"><m:arg name="time" select="@as-of"/></m:text></p>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>

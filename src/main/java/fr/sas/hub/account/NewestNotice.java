package fr.sas.hub.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.SessionFlashMapManager;

/**
 * What a page says about the request that led to it, kept in the session until the page is opened. If there are several for
 * the same page, because a browser did not follow an earlier redirect, it shows the newest, which may offer to undo.
 */
@Component(DispatcherServlet.FLASH_MAP_MANAGER_BEAN_NAME)
class NewestNotice extends SessionFlashMapManager {

    @Override
    protected void updateFlashMaps(List<FlashMap> flashMaps, HttpServletRequest request, HttpServletResponse response) {
        List<FlashMap> newest = new ArrayList<>();
        for (int i = 0; i < flashMaps.size(); i++) {
            FlashMap notice = flashMaps.get(i);
            if (flashMaps.subList(i + 1, flashMaps.size()).stream().noneMatch(later -> isShownWith(notice, later))) {
                newest.add(notice);
            }
        }
        super.updateFlashMaps(newest, request, response);
    }

    /** Whether the page that shows the later notice would show this one too. */
    private static boolean isShownWith(FlashMap notice, FlashMap later) {
        return Objects.equals(notice.getTargetRequestPath(), later.getTargetRequestPath())
                && notice.getTargetRequestParams().entrySet().stream()
                        .allMatch(parameter -> later.getTargetRequestParams()
                                .getOrDefault(parameter.getKey(), List.of())
                                .containsAll(parameter.getValue()));
    }
}
